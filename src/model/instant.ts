/**
 * A moment on two clocks. The wall clock can be set to any time. The boot clock counts the time since the computer
 * started, sleep included, and can be compared only for the same `id`.
 */
export interface Instant {
  /** Milliseconds since the epoch. */
  readonly wall: number;
  readonly boot: { readonly id: string; readonly ms: number };
}

/** How far the two clocks may differ without one having been set: a leap second, and their resolutions. */
const tolerance = { least: 2000, share: 0.001 } as const;

/**
 * Milliseconds from one moment to a later one. Null if unknown: the computer was restarted, a clock was set in between,
 * or the earlier moment is not known. Callers that wait for a duration restart their wait then.
 */
export function elapsed(from: Instant | null, to: Instant): number | null {
  if (from === null || from.boot.id !== to.boot.id) return null;
  const passed = to.boot.ms - from.boot.ms;
  const jump = Math.abs(to.wall - from.wall - passed);
  return passed < 0 || jump > tolerance.least + passed * tolerance.share ? null : passed;
}

/** An instant that was written as JSON. Null where it is missing, or not as it was written. */
export function instantOf(text: unknown): Instant | null {
  if (typeof text !== 'string') return null;
  try {
    const { wall, boot } = JSON.parse(text);
    return typeof wall === 'number' && typeof boot?.ms === 'number' && typeof boot.id === 'string'
      ? { wall, boot }
      : null;
  } catch {
    return null;
  }
}
