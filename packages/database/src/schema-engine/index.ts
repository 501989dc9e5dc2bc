export { type DiagnoseHistoryOptions, diagnoseHistory } from './diagnose-history.ts';
export { type MigrationDifferenceOptions, migrationDifference } from './migration-difference.ts';
