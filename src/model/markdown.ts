import { printable } from './printable.ts';

/**
 * Untrusted text in a Markdown paragraph, list or table: one line, escaped so that it cannot format, link, mention or
 * start a block.
 */
export function markdownText(value: string): string {
  const line = oneLine(value)
    .replaceAll(/[\\`*_{}[\]<>#|~@!&]/g, '\\$&')
    .replaceAll('://', '\\://')
    .replaceAll(/www\./gi, (found) => `${found.slice(0, -1)}\\.`);
  return line.replace(/^([-+=])/, '\\$1').replace(/^(\d+)([.)])/, '$1\\$2');
}

/** Untrusted text as a code span, whose fence is longer than any run of backticks inside. */
export function markdownCode(value: string): string {
  const line = oneLine(value);
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return longest === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

function oneLine(value: string): string {
  return printable(value.replaceAll(/\s+/g, ' '));
}
