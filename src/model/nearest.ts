/** The candidate within a typing error of `text`, or null. */
export function nearest(text: string, candidates: readonly string[]): string | null {
  const ranked = candidates
    // The distance is at least the difference in length: a text of any length is compared with those of about its own alone.
    .filter((candidate) => Math.abs(text.length - candidate.length) <= mostBetween(text, candidate))
    .map((candidate) => ({ candidate, distance: distanceBetween(text, candidate) }))
    .filter(({ candidate, distance }) => distance <= mostBetween(text, candidate))
    .sort((a, b) => a.distance - b.distance);
  return ranked[0]?.candidate ?? null;
}

/** The largest distance that is a typing error. */
function mostBetween(a: string, b: string): number {
  return Math.max(1, Math.floor(Math.max(a.length, b.length) / 3));
}

/** Edit distance of two short texts: insertions, deletions, replacements and swaps of neighbours. */
function distanceBetween(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(row, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const swapped =
        i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(before, j - 2) + 1 : replaced;
      next.push(Math.min(at(row, j) + 1, at(next, j - 1) + 1, replaced, swapped));
    }
    before = row;
    row = next;
  }
  return at(row, b.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Number.POSITIVE_INFINITY;
}
