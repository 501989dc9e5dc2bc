import { defineHandler, type Envelope, type EventHandler } from '@eventxperts/messaging';

/** Every event that carries a user's state; reactivation comes as `user.updated`. */
const userEvents = [
  'user.created',
  'user.updated',
  'user.role-changed',
  'user.suspended',
  'user.deleted',
] as const;

type UserEvent = Envelope<(typeof userEvents)[number]>;

// The first condition keeps the table as small as the number of users who ever lost a right.
const applyUsers = `
  INSERT INTO platform.user_status (user_id, status, sequence, sessions_valid_after)
  SELECT event.* FROM jsonb_to_recordset($1::jsonb)
    AS event(user_id uuid, status text, sequence bigint, sessions_valid_after timestamptz)
  WHERE event.status <> 'ACTIVE' OR event.sessions_valid_after IS NOT NULL
    OR EXISTS (SELECT FROM platform.user_status known WHERE known.user_id = event.user_id)
  ON CONFLICT (user_id) DO UPDATE SET
    status = excluded.status,
    sequence = excluded.sequence,
    sessions_valid_after = excluded.sessions_valid_after,
    changed_at = clock_timestamp()
  WHERE user_status.sequence < excluded.sequence`;

const applySessions = `
  INSERT INTO platform.revoked_session (session_id, user_id)
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS event(session_id text, user_id uuid)
  ON CONFLICT (session_id) DO NOTHING`;

/** Keeps the domain's own copy of who may no longer act. Part of every domain's handlers. */
export const userStatusHandlers = (): EventHandler[] => [
  defineHandler(userEvents, async (tx, events) => {
    await tx.$executeRawUnsafe(applyUsers, JSON.stringify(latestOfEach(events)));
  }),
  defineHandler('session.revoked', async (tx, events) => {
    const sessions = new Map(
      events.map(({ subject, data }) => [subject, { session_id: subject, user_id: data.userId }]),
    );
    await tx.$executeRawUnsafe(applySessions, JSON.stringify([...sessions.values()]));
  }),
];

/** One statement cannot change a row twice, and a batch may hold several events of one user. */
const latestOfEach = (events: readonly UserEvent[]) => [
  ...new Map(
    events.map(({ subject, sequence, data }) => [
      subject,
      {
        user_id: subject,
        status: data.status,
        sequence,
        sessions_valid_after: data.sessionsValidAfter,
      },
    ]),
  ).values(),
];
