export interface GenerateOptions {
  /** Folder of schemas; schema/events by default. */
  readonly source?: string;
  /** File to write. */
  readonly target?: string;
}

export function generateContracts(options?: GenerateOptions): Promise<boolean>;
