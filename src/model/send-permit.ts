/** Says that a step of a write may leave. */
export interface SendPermit {
  /**
   * Why not a byte of it may leave any more, or null. To be asked as the very last thing before the first one: a process may have
   * been stopped since, for so long that others settle what it was about to send.
   */
  ended(): string | null;
}

/** For a journal that nobody shares: it has no lease that could end. */
export const unlimitedPermit: SendPermit = { ended: () => null };
