const inThousands = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** A whole number as people read it: `1,204`. */
export function grouped(value: number): string {
  return inThousands.format(value);
}
