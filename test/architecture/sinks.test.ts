import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';

const src = join(import.meta.dirname, '../../src');

/** Every line of the program that holds a pattern, as `file: line`. */
function linesWith(pattern: RegExp, skip: RegExp = /^sandbox\//): readonly string[] {
  return readdirSync(src, { recursive: true, withFileTypes: true }).flatMap((entry) => {
    const path = join(entry.parentPath, entry.name);
    const file = relative(src, path);
    if (!entry.isFile() || !/\.tsx?$/.test(entry.name) || skip.test(file)) return [];
    const lines = readFileSync(path, 'utf8').split('\n');
    return lines.filter((line) => pattern.test(line)).map((line) => `${file}: ${line.trim()}`);
  });
}

/** Who writes to the terminal, and why nothing of a vendor comes there unseen. */
const writers: Readonly<Record<string, string>> = {
  'app/modes/console.ts': 'words of its own',
  'app/modes/sandbox.ts': 'its own ready line',
  'app/run.ts': 'a fault line',
  'cli/streams.ts': 'what render and faultLine made',
  'screens/open.ts': 'bytes of its own, and a count',
  'screens/screen-reader/open-reader.ts': 'lines of which every character can be seen, and sequences of its own',
  'screens/terminal/takeover.ts': 'modes of the terminal',
  'screens/terminal/terminal-screen.ts': "Ink's frames, made of lines that were fitted",
  'secrets/keychain-child.ts': 'an answer to its parent alone',
};

test('[fault 31] nothing writes to the terminal but these files', () => {
  const found = linesWith(/\b(?:stdout|stderr)\.write\(|\bconsole\.(?:log|error|warn|info|debug)\(|\bwriteSync\(1/);
  expect([...new Set(found.map((line) => line.split(':')[0] ?? ''))].sort()).toEqual(Object.keys(writers));
});

test('[fault 31] the command line gives the terminal only what printable, render or faultLine made', () => {
  const given = linesWith(/\bstreams\.(?:err|out)\((?!\))/).filter((line) => !/streams\.err\($/.test(line));
  const made = /printable|faultLine\(|\b(?:out\((?:piece|waiting)\)|version|listenForInterrupts)/;
  expect(given.filter((line) => !made.test(line))).toEqual([]);
  expect(given.length).toBeGreaterThan(5);
});

/** What a line of the screen is made by: each of these fits text into cells of which every character can be seen. */
const fitters = /theme\.paint\(|spread\(|visible\(|Line\(|text=""|fitTo\(|clip\(|painted\(/;

test('[fault 31] a line of the screen is fitted text and nothing else', () => {
  const lines = linesWith(/<Line\b.*\btext=/);
  expect(lines.filter((line) => !fitters.test(line))).toEqual([]);
  expect(lines.length).toBeGreaterThan(8);
  const texts = linesWith(/<Text\b(?!View|Screen)/, /^(?!screens\/)/).map((line) => line.split(':')[0] ?? '');
  expect([...new Set(texts)].sort()).toEqual([
    'screens/frame.tsx',
    'screens/overlays/overlay-box.tsx',
    'screens/table/table.tsx',
  ]);
});

test('[fault 31] only the sanitiser makes safe text', () => {
  expect(linesWith(/\bas SafeText\b/).map((line) => line.split(':')[0])).toEqual(
    expect.arrayContaining(['api/text.ts']),
  );
  // The cache gives back what it was given as safe text.
  const others = linesWith(/\bas (?:unknown as )?SafeText\b/, /^(?:sandbox\/|api\/text\.ts|query\/level-windows\.ts)/);
  expect(others).toEqual([]);
});
