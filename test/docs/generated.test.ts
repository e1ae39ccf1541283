import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { dataFolder, generatedData, generatedPages, referenceFolder } from '../../docs/generate.ts';
import { topics } from '../../src/commands/reference/topics.ts';
import { commands } from '../../src/commands/table.ts';

const pages = await generatedPages();
const data = await generatedData();

test.each(Object.keys(pages))('%s matches the code; `npm run docs` regenerates it', (file) => {
  expect(readFileSync(join(referenceFolder, file), 'utf8')).toBe(pages[file]);
});

// The pages and the topics of help are made from these files.
test.each(Object.keys(data))('%s has what the tests are and what was measured', (file) => {
  expect(readFileSync(join(dataFolder, file), 'utf8')).toBe(data[file]);
});

test('the reference has no file that is not generated', () => {
  const files = readdirSync(referenceFolder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  expect(files.map(({ parentPath, name }) => relative(referenceFolder, join(parentPath, name))).toSorted()).toEqual(
    Object.keys(pages).toSorted(),
  );
});

test('every page of the reference is a topic of help, and every topic is a page', () => {
  const files = readdirSync(referenceFolder).filter((name) => name.endsWith('.md') && name !== 'README.md');
  expect(topics.map(({ word }) => `${word}.md`).toSorted()).toEqual(files.toSorted());
});

test('every command is on the commands page, and every key on the keys page', () => {
  const { 'commands.md': words = '', 'keys.md': keys = '' } = pages;
  for (const command of commands) {
    if (command.words) expect(words).toContain(`\n### \`subdeck ${command.id}`);
    // The tabs have one row.
    if (command.keys && !/^tab [2-9]$/.test(command.id)) expect(keys).toContain(`| \`${command.id}\` `);
  }
});

test('the manual page has every command and topic, and no request by accident', () => {
  const lines = (pages['subdeck.1'] ?? '').split('\n');
  const requests = new Set(lines.flatMap((line) => /^[.']\S+/.exec(line) ?? []));
  const known = ['.\\"', '.nr', '.TH', '.nh', '.ad', '.SH', '.SS', '.PP', '.TP', '.RS', '.RE', '.EX', '.EE', '.br'];
  expect([...requests].toSorted()).toEqual(known.toSorted());
  expect(lines.filter((line) => /[^\x20-\x7e]/.test(line))).toEqual([]);
  const page = lines.join('\n').replaceAll('\\-', '-');
  for (const { id, words } of commands) if (words) expect(page).toContain(`\n\\fBsubdeck ${id}\\fR`);
  for (const name of ['SUBDECK_HOME', 'freshFor', 'qty<10', 'is:trial', 'EXIT STATUS']) expect(page).toContain(name);
});

test('the index names what a newcomer looks for', () => {
  for (const word of ['SUBDECK_HOME', 'freshFor', 'qty<', 'is:trial']) expect(pages['README.md']).toContain(word);
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
