CREATE SCHEMA IF NOT EXISTS platform;

-- What every domain knows of an event without asking: who runs it and what it allows.
-- A projection of event.access-changed; `sequence` is the event's version it was taken from.
CREATE TABLE platform.event_access (
  event_id     uuid        PRIMARY KEY,
  organizer_id uuid        NOT NULL,
  staff        jsonb       NOT NULL,
  status       text        NOT NULL,
  visibility   text        NOT NULL,
  admission    text        NOT NULL,
  capacity     integer,
  title        text        NOT NULL,
  starts_at    timestamptz NOT NULL,
  ends_at      timestamptz NOT NULL,
  time_zone    text        NOT NULL,
  sequence     bigint      NOT NULL
);
