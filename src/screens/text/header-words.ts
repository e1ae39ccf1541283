/** A column's header as a label: `Ends (UTC)` of `ENDS (UTC)`. */
export function headerWords(title: string): string {
  return `${title.charAt(0)}${title.slice(1).toLowerCase()}`.replace('(utc)', '(UTC)');
}
