/** A start that cannot go on, with the one line that tells the operator why. Printed without a stack. */
export class StartError extends Error {
  override readonly name = 'StartError';
}
