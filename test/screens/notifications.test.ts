import { expect, test } from 'vitest';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { Request } from '../../src/model/request.ts';
import { announceEnds } from '../../src/screens/notifications.ts';
import { makeConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { safe, subscription } from '../state/rows.ts';

test('[fault 28, 31] a name that would set the title is one line of text in a notification', () => {
  const fixture = makeFixture([
    subscription({ id: 'a', name: safe('4;1\u001b]0;owned\u0007\u009d2;x\u009c\n\u202eMail') }),
  ]);
  const console = makeConsole(fixture);
  const sent: string[] = [];
  const stop = announceEnds(console.store, fixture.context, (bytes) => sent.push(bytes));
  for (const ref of ['nordic/a', 'nordic/gone\u001b]0;owned\u0007']) {
    const request: Request = {
      ...{ id: 'j', ref, state: 'done' as const, vendorState: null, vendorRequestId: null, from: 25, to: 20 },
      ...{ startedAt: '2026-11-21T11:59:18Z', checkedAt: null, nextCheckAt: null, answeredDone: false },
    };
    fixture.emit({ kind: 'settled', request, entry: { ...entry, ref } });
  }
  expect(sent).toHaveLength(2);
  for (const bytes of sent) expect(bytes).toMatch(/^\u0007\u001b\]9;Subdeck: [^\x00-\x1f\x7f-\x9f\u202e]*\u0007$/);
  stop();
  console.stop();
});

const entry: Omit<JournalEntry, 'ref'> = {
  ...{ id: 'j', at: '2026-11-21T11:59:18Z', verb: 'set-quantity' as const, sentence: safe('Lower'), account: null },
  ...{ state: 'done' as const, reason: null, basis: null, corrects: null },
  ...{ before: {}, after: {}, vendor: null, by: 'tester' },
};
