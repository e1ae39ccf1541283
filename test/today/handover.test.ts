import { expect, test } from 'vitest';
import { handover, handoverMarkdown } from '../../src/today/handover.ts';
import { fill, named, noon, row } from '../store/rows.ts';
import { openToday } from './fixture.ts';

const hour = 3_600_000;
const reader = { now: noon, zone: 'UTC' };
const evil = 'a|b`c`[x](http://evil.example)<i> @all\n# no';

test('lists what is open, what ends in 48 hours, and this user’s changes', async () => {
  const fixture = openToday();
  const target = row({ id: 'r', name: 'Mail' });
  fill(fixture.cache, [
    target,
    row({ id: 'soon', name: 'Backup', organization: named('o', 'Acme Oy'), endsAt: '2026-11-22' }),
    row({ id: 'later', endsAt: '2026-11-25T00:00:00Z' }),
  ]);
  await fixture.ago(20 * 60, () => fixture.wrote('done', { ref: 'nordic/before' }));
  const mine = await fixture.ago(60, () => fixture.wrote('done', { ref: 'nordic/mine' }));
  await fixture.ago(60, () => fixture.wrote('done', { ref: 'nordic/other', by: 'somebody' }));
  const lost = await fixture.ago(50, () => fixture.wrote('unknown', { ref: 'nordic/lost', by: 'somebody' }));
  const request = await fixture.ago(5, () => fixture.requested(target));
  const handed = handover(fixture, { ...reader, since: noon - 12 * hour, by: 'tester' });
  expect(handed.changed.map(({ id }) => id)).toEqual([request, mine]);
  expect(handed.unknown.map(({ journalId }) => journalId)).toEqual([lost]);
  expect(handed.requests.map((each) => each.request.id)).toEqual([request]);
  expect(handed.deadlines.map(({ ref }) => ref)).toEqual(['nordic/soon']);
  const lines = handoverMarkdown(handed, reader).split('\n');
  expect(lines.filter((line) => line.startsWith('#'))).toEqual([
    '# Handover, Sat 21 Nov 2026 12:00 UTC',
    '## Unknown writes',
    '## Open requests',
    '## Deadlines in 48 hours',
    '## Changes by tester since Sat 21 Nov 2026 00:00 UTC',
  ]);
  expect(lines).toContain(
    '- 1 d: **Acme Oy · Backup**: it ends or renews (the vendor does not say which) on Sun 22 Nov 2026 UTC. `nordic/soon`',
  );
});

test('text of others cannot format, start a line or steer the terminal', async () => {
  const fixture = openToday();
  const id = 'x`y\u001b[2J|z\n- q';
  fill(fixture.cache, [row({ id, name: evil, endsAt: '2026-11-22' })]);
  await fixture.wrote('refused', { ref: `nordic/${id}`, sentence: evil }, evil);
  const text = handoverMarkdown(handover(fixture, { ...reader, since: 0, by: 'tester' }), reader);
  expect(text.split('\n').filter((line) => /^(#|-|\d)/.test(line))).toHaveLength(5 + 2);
  expect(text).not.toMatch(/[\u0000-\u0009\u000b-\u001f]/);
  expect(text.replaceAll(/(`+).*?[^`]\1(?!`)/g, '')).not.toMatch(/(?<!\\)[|<@[]/);
  expect(text).toContain('`` nordic/x`y⟨001B⟩[2J|z - q ``');
});
