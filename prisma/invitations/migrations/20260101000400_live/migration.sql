CREATE SCHEMA IF NOT EXISTS platform;

-- The head of each stream. Its row lock, taken in the mutation's own transaction, makes `seq` gapless
-- in the order of commits, so that any replica can serve any cursor.
CREATE TABLE platform.live_stream (
  stream text   PRIMARY KEY,
  seq    bigint NOT NULL
);

CREATE TABLE platform.live (
  stream  text        NOT NULL REFERENCES platform.live_stream (stream) ON DELETE CASCADE,
  seq     bigint      NOT NULL,
  payload jsonb       NOT NULL CHECK (octet_length(payload::text) < 65536),
  at      timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (stream, seq)
);

-- Kept for a day: the janitor deletes by age.
CREATE INDEX live_at ON platform.live (at);
