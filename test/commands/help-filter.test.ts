import { expect, test } from 'vitest';
import { help } from '../../src/commands/help.ts';
import { commands } from '../../src/commands/table.ts';
import { filterFields } from '../../src/model/field-names.ts';
import { parseFilter } from '../../src/model/filter-parse.ts';
import { levelFieldNames } from '../../src/model/level-fields.ts';
import { callFields, journalFields, requestFields } from '../../src/model/record-fields.ts';
import { statuses } from '../../src/model/subscription.ts';
import { timelineFields } from '../../src/today/merged-timeline.ts';

test('help filter names every field and value, and its examples are filters', () => {
  const reply = help(['filter'], commands, []);
  const lines = reply.kind === 'text' ? reply.text.split('\n') : [];
  const names = lines.flatMap((line) => /^ {2}(\S.*?) {2}/.exec(line)?.[1]?.split(', ') ?? []);
  const lists = [journalFields, requestFields, callFields, timelineFields].flatMap((fields) => Object.keys(fields));
  const all = [...filterFields, ...levelFieldNames, ...lists, 'deadline', 'is'];
  for (const field of all) expect(names).toContain(field);
  expect(lines.join('\n')).toContain(statuses.join(', '));
  const examples = names.filter((name) => /[:=<>|-]/.test(name)).flatMap((name) => name.split(/ {2}/));
  expect(examples.length).toBeGreaterThan(5);
  for (const example of examples) expect(parseFilter(example), example).toMatchObject({ ok: true });
});
