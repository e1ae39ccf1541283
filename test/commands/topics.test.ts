import { expect, test } from 'vitest';
import { described } from '../../docs/pages/topic.ts';
import { help } from '../../src/commands/help.ts';
import { helpEntry } from '../../src/commands/help-entry.ts';
import { filterTopic } from '../../src/commands/reference/filter.ts';
import type { Topic } from '../../src/commands/reference/topic.ts';
import { topicLines } from '../../src/commands/reference/topic-text.ts';
import { topics } from '../../src/commands/reference/topics.ts';
import { filterFields } from '../../src/model/field-names.ts';
import { parseFilter } from '../../src/model/filter-parse.ts';
import { levelFieldNames } from '../../src/model/level-fields.ts';
import { callFields, journalFields, requestFields } from '../../src/model/record-fields.ts';
import { statuses } from '../../src/model/subscription.ts';
import { timelineFields } from '../../src/today/merged-timeline.ts';

const textOf = async (...about: readonly string[]) => {
  const reply = await help(about, described);
  return reply.kind === 'text' ? reply.text : '';
};
/** What stands in backticks in the first column of a topic's tables. */
const namesIn = async (topic: Topic) =>
  (await topic.parts(described))
    .flatMap(({ table }) => table?.rows ?? [])
    .flatMap(([first = '']) => [...first.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));

test('help filter names every field and value, and its examples are filters', async () => {
  const names = await namesIn(filterTopic);
  const lists = [journalFields, requestFields, callFields, timelineFields].flatMap((fields) => Object.keys(fields));
  for (const field of [...filterFields, ...levelFieldNames, ...lists, 'deadline', 'is']) expect(names).toContain(field);
  expect((await textOf('filter')).replaceAll(/\s+/g, ' ')).toContain(statuses.join(', '));
  const examples = names.filter((name) => /[:=<>|"-]/.test(name));
  expect(examples.length).toBeGreaterThan(10);
  for (const example of examples) expect(parseFilter(example), example).toMatchObject({ ok: true });
});

test.each(topics.map((topic) => [topic.word, topic] as const))(
  'help %s has every name of its page, and lines for a terminal',
  async (word, topic) => {
    const text = await textOf(word);
    for (const name of await namesIn(topic)) expect(text).toContain(name);
    expect(text).not.toContain('`');
    // A word alone may be longer: an address or a path. So may a command that can be copied.
    const examples = (await topic.parts(described)).flatMap(({ example = [] }) => example.map((line) => `  ${line}`));
    const lines = await topicLines(topic, described);
    const long = lines.filter((line) => line.length > 80 && line.trim().includes(' ') && !examples.includes(line));
    expect(long.filter((line) => line.trim().split(/ {2,}/).at(-1)?.includes(' '))).toEqual([]);
    expect(await textOf()).toContain(helpEntry(word, topic.summary));
  },
);

test('a newcomer finds the words of settings, filters and variables in help', async () => {
  const overview = await textOf();
  for (const word of ['SUBDECK_HOME', 'freshFor', 'qty<', 'is:trial']) expect(overview).toContain(word);
});
