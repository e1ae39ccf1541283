import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { generatedPages } from '../../docs/generate.ts';
import { commands } from '../../src/commands/table.ts';

const pages = await generatedPages();
const docs = join(import.meta.dirname, '../../docs');

test.each(Object.keys(pages))('%s matches the code; `npm run docs` regenerates it', (file) => {
  expect(readFileSync(join(docs, file), 'utf8')).toBe(pages[file]);
});

test('every command and every key is on the commands page', () => {
  const page = pages['commands.md'] ?? '';
  for (const { id, summary, words, keys } of commands) {
    if (words) expect(page).toContain(`\n### \`subdeck ${id}`);
    if (keys) expect(page).toContain(`| ${summary} |`);
  }
});

test('every table row has the same number of cells as its header', () => {
  for (const page of Object.values(pages)) {
    for (const rows of page
      .trim()
      .split('\n\n')
      .filter((block) => block.startsWith('|'))) {
      const widths = rows.split('\n').map((row) => row.replaceAll('\\|', '').split('|').length);
      expect(new Set(widths).size, rows).toBe(1);
    }
  }
});
