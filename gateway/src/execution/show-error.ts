import { maskError, type ReportFault } from '@eventxperts/errors';
import type { ExecutionResult, FormattedExecutionResult, GraphQLFormattedError } from 'graphql';

export type ShowError = (error: unknown) => GraphQLFormattedError;

/** What a client sees of an error. Which subgraph it came from is our business, `http` is the status's. */
export const createShowError =
  (report: ReportFault): ShowError =>
  (error) => {
    const { extensions: { serviceName: _name, http: _http, ...extensions } = {}, ...shown } =
      maskError(error, report);
    return Object.keys(extensions).length > 0 ? { ...shown, extensions } : shown;
  };

export const showResult = (
  { data, errors }: ExecutionResult,
  show: ShowError,
): FormattedExecutionResult => ({
  ...(errors ? { errors: errors.map(show) } : {}),
  ...(data === undefined ? {} : { data }),
});
