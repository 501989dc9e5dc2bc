import { errorTable } from '@eventxperts/errors';
import { expect, it } from 'vitest';
import { ErrorCodeResolver } from './error-code.resolver.ts';

it('publishes the whole table of errors', () => {
  const published = new ErrorCodeResolver().errorCodes();
  expect(published.map(({ code }) => code)).toEqual(Object.keys(errorTable));
  expect(published).toContainEqual({ code: 'RATE_LIMITED', ...errorTable.RATE_LIMITED });
});
