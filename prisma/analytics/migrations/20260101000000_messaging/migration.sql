CREATE SCHEMA IF NOT EXISTS platform;

-- Events of committed changes that the relay has not published yet.
CREATE TABLE platform.outbox (
    seq      bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    event_id uuid   NOT NULL,
    topic    text   NOT NULL,
    key      text   NOT NULL,
    version  bigint NOT NULL,
    type     text   NOT NULL,
    body     text   NOT NULL CHECK (octet_length(body) < 500000),
    added_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    -- Two writers that did not take the aggregate's row lock meet here instead of on the topic.
    UNIQUE (topic, key, version)
);

-- Every row is deleted soon after it was inserted: without this the relay reads dead rows.
ALTER TABLE platform.outbox SET (
    autovacuum_vacuum_scale_factor = 0,
    autovacuum_vacuum_threshold = 5000,
    autovacuum_vacuum_cost_delay = 0
);

-- Events whose effects are committed here. The day is that of the UUIDv7; the consumer makes the
-- partition of a day when the day's first event arrives, and drops it when its events can no longer
-- be replayed. There is no default partition: a row without its partition is an error, not a leak.
CREATE TABLE platform.inbox (
    day      date NOT NULL,
    consumer text NOT NULL,
    event_id uuid NOT NULL,
    PRIMARY KEY (day, consumer, event_id)
) PARTITION BY RANGE (day);

-- Messages a handler could not process, and the later ones of their keys that wait behind them.
CREATE TABLE platform.parked (
    seq       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    consumer  text   NOT NULL,
    topic     text   NOT NULL,
    key       text   NOT NULL,
    version   bigint NOT NULL,
    value     text   NOT NULL,
    -- Null for a message that waits behind another of its key.
    error     text,
    parked_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX parked_in_order ON platform.parked (consumer, topic, key, version, seq);
