CREATE SCHEMA IF NOT EXISTS platform;

-- One row a mutation that came with an Idempotency-Key, written in the mutation's own transaction:
-- a replay finds the ids it made, another input under the same key is refused.
CREATE TABLE platform.idempotency (
  caller     text        NOT NULL,
  key        text        NOT NULL,
  field      text        NOT NULL,
  input_hash bytea       NOT NULL,
  ids        uuid[]      NOT NULL,
  created_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (caller, key, field)
);

-- Keys are forgotten after a day; the janitor deletes by age.
CREATE INDEX idempotency_created_at ON platform.idempotency (created_at);
