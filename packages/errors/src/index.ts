export { badInput, CodedError, type ErrorDetails, notFound } from './coded-error.ts';
export { type ErrorCode, errorTable, isErrorCode } from './error-table.ts';
export { maskError, type ReportFault } from './mask-error.ts';
export { parseInput } from './parse-input.ts';
export { StartError } from './start-error.ts';
