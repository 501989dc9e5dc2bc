/** Whether the frame it is set on is still forwarded. */
export type Moment = 'before' | 'after';

/** A process by its own handle rather than its number, which the system may have given on. */
export interface Killable {
  kill(): unknown;
}

export type FaultAction =
  /**
   * kill -9, asked for at that moment. No frame of any connection passes after it. What was forwarded reaches the server,
   * which then sees the connections end, as when a process dies.
   */
  | { readonly kind: 'kill'; readonly when: Moment; readonly victim: () => Killable }
  /** Both sides of the frame's connection see it reset; other connections go on. */
  | { readonly kind: 'cut'; readonly when: Moment }
  /** The frame and all behind it on its connection and direction wait until the promise settles. */
  | { readonly kind: 'stall'; readonly until: Promise<unknown> };
