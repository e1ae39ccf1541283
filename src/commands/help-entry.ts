/** A line of a list in help: a name, and what it means. */
export function helpEntry(name: string, meaning: string): string {
  return `  ${name.padEnd(30)}  ${meaning}`;
}
