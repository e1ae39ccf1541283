const everyThird = /\B(?=(?:\d{3})+$)/g;

/** A whole number as people read it: `1,204`. By hand: the first formatter of a process takes longer than a frame. */
export function grouped(value: number): string {
  return Math.round(value).toFixed(0).replace(everyThird, ',');
}
