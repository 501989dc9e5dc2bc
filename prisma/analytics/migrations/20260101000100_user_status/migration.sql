-- Who may no longer act, in every domain: the projection of suspended and deleted users and of
-- revoked sessions. An access token lives for minutes after its user is suspended; this shortens that
-- to the age of the snapshot which each process reads from here. A user who was never suspended has
-- no row.
CREATE SCHEMA IF NOT EXISTS platform;

CREATE TABLE platform.user_status (
  user_id uuid PRIMARY KEY,
  status text NOT NULL CHECK (status IN ('ACTIVE', 'SUSPENDED', 'DELETED')),
  -- The user's version that this row shows; an older event changes nothing.
  sequence bigint NOT NULL,
  -- Tokens issued before are refused: "sign out everywhere", or a new password.
  sessions_valid_after timestamptz,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX user_status_changed_at ON platform.user_status (changed_at);

CREATE TABLE platform.revoked_session (
  session_id text PRIMARY KEY,
  user_id uuid NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT clock_timestamp()
);

CREATE INDEX revoked_session_changed_at ON platform.revoked_session (changed_at);
