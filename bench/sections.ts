import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Replaces one part of a file that several benchmarks write, and leaves the others as they are. A part stands between two comments;
 * throws where the file has no place for it.
 */
export function writeSection(file: string, name: string, lines: readonly string[]): void {
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name.split(':')[0]} -->`];
  const [before, rest] = readFileSync(file, 'utf8').split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${file} has no place for: ${begin} … ${end}`);
  writeFileSync(file, [before, [begin, '', ...lines, '', end].join('\n'), after].join(''));
}
