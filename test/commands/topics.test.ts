import { expect, test } from 'vitest';
import { described } from '../../docs/pages/topic.ts';
import { help } from '../../src/commands/help.ts';
import { filterTopic } from '../../src/commands/reference/filter.ts';
import type { Topic } from '../../src/commands/reference/topic.ts';
import { topics } from '../../src/commands/reference/topics.ts';
import { filterFields } from '../../src/model/field-names.ts';
import { parseFilter } from '../../src/model/filter-parse.ts';
import { levelFieldNames } from '../../src/model/level-fields.ts';
import { callFields, journalFields, requestFields } from '../../src/model/record-fields.ts';
import { statuses } from '../../src/model/subscription.ts';
import { timelineFields } from '../../src/today/merged-timeline.ts';

const textOf = (...about: readonly string[]) => {
  const reply = help(about, described.commands, described.vendors);
  return reply.kind === 'text' ? reply.text : '';
};
/** What stands in backticks in the first column of a topic's tables. */
const namesIn = (topic: Topic) =>
  topic
    .parts(described)
    .flatMap(({ table }) => table?.rows ?? [])
    .flatMap(([first = '']) => [...first.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name));

test('help filter names every field and value, and its examples are filters', () => {
  const names = namesIn(filterTopic);
  const lists = [journalFields, requestFields, callFields, timelineFields].flatMap((fields) => Object.keys(fields));
  for (const field of [...filterFields, ...levelFieldNames, ...lists, 'deadline', 'is']) expect(names).toContain(field);
  expect(textOf('filter').replaceAll(/\s+/g, ' ')).toContain(statuses.join(', '));
  const examples = names.filter((name) => /[:=<>|"-]/.test(name));
  expect(examples.length).toBeGreaterThan(10);
  for (const example of examples) expect(parseFilter(example), example).toMatchObject({ ok: true });
});

test.each(topics.map((topic) => [topic.word, topic] as const))(
  'help %s has every name of its page, and lines for a terminal',
  (word, topic) => {
    const text = textOf(word);
    for (const name of namesIn(topic)) expect(text).toContain(name);
    expect(text).not.toContain('`');
    // A word alone may be longer: an address or a path.
    const long = text.split('\n').filter((line) => line.length > 80 && line.trim().includes(' '));
    expect(long.filter((line) => line.trim().split(/ {2,}/).at(-1)?.includes(' '))).toEqual([]);
    expect(textOf()).toContain(`  ${word.padEnd(30)}  ${topic.summary}`);
  },
);

test('a newcomer finds the words of settings, filters and variables in help', () => {
  const overview = textOf();
  for (const word of ['SUBDECK_HOME', 'freshFor', 'qty<', 'is:trial']) expect(overview).toContain(word);
});
