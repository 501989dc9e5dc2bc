import pg from 'pg';

/** Inserts one row in a transaction; the subject of this package's own tests. */
const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
await client.connect();
await client.query('begin');
await client.query('insert into thing values ($1)', ['kept']);
await client.query('commit');
process.send?.('committed');
await client.end();
process.disconnect();
