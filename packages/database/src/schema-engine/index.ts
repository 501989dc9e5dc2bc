export { type MigrationDifferenceOptions, migrationDifference } from './migration-difference.ts';
