/** The environment variable by which the tests of a run find its server. */
export const serverVariable = 'EVENTXPERTS_TEST_POSTGRES';

/** Connection string of the maintenance database of the run's server. */
export function testServer(): string {
  const url = process.env[serverVariable];
  if (url) return url;
  throw new Error(`${serverVariable} is unset: the vitest config needs the global setup.`);
}
