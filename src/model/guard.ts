/** The setting `guard`: what counts as a large change of a quantity. */
export interface Guard {
  readonly factor: number;
  readonly seats: number;
}

export const usualGuard: Guard = { factor: 3, seats: 10 };

/** `from` null: the present quantity is not known. */
export interface QuantityChange {
  readonly from: number | null;
  readonly to: number;
}

/** More than the factor, and at least so many seats. An unknown quantity counts as none. */
export function isLarge({ from, to }: QuantityChange, { factor, seats }: Guard): boolean {
  const [less = 0, more = 0] = [from ?? 0, to].toSorted((one, other) => one - other);
  return more - less >= seats && more > less * factor;
}
