/** A whole number for display: `1,204`. Without Intl: the first formatter of a process takes longer than a frame. */
export function grouped(value: number): string {
  const text = Math.round(value).toFixed(0);
  return text.startsWith('-') ? `-${groupedDigits(text.slice(1))}` : groupedDigits(text);
}

/** The digits of a whole number, a comma before every third. */
export function groupedDigits(digits: string): string {
  const groups: string[] = [];
  for (let end = digits.length; end > 0; end -= 3) groups.unshift(digits.slice(Math.max(0, end - 3), end));
  return groups.join(',');
}
