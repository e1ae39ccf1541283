/** The slope of `y` over `x`: the median over all pairs of points, which outliers do not affect (Theil–Sen estimator). */
export function slope(points: readonly { readonly x: number; readonly y: number }[]): number {
  const slopes = points
    .flatMap((one, at) => points.slice(at + 1).map((other) => (other.y - one.y) / (other.x - one.x)))
    .filter(Number.isFinite)
    .toSorted((one, other) => one - other);
  const [low, high] = [slopes[Math.floor((slopes.length - 1) / 2)], slopes[Math.floor(slopes.length / 2)]];
  if (low === undefined || high === undefined) throw new Error('A slope needs two points.');
  return (low + high) / 2;
}
