/** Caches a pure function's results, for small ranges of frequently used indexes. */
export function remembered<Answer>(compute: (index: number) => Answer): (index: number) => Answer {
  const answers = new Map<number, Answer>();
  return (index) => {
    const known = answers.get(index);
    if (known !== undefined) return known;
    const answer = compute(index);
    answers.set(index, answer);
    return answer;
  };
}
