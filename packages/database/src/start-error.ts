/** A reason not to start that a person can act on: the launcher prints its one line and no stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
