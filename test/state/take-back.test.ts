import { expect, onTestFinished, test } from 'vitest';
import type { JournalEntry, JournalState } from '../../src/model/journal-entry.ts';
import type { Request, RequestState } from '../../src/model/request.ts';
import type { OfferedWayBack } from '../../src/writes/contract.ts';
import { makeConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { safe, subscription } from './rows.ts';

const ref = 'nordic/sub-1';
const writeRequest = { verb: 'set-quantity', ref, quantity: 40 } as const;
const later = 'The vendor has not finished it yet; once it is done, it can be taken back.';

function start() {
  const fixture = makeFixture([subscription({ id: 'sub-1', name: safe('Backup 100'), quantity: 32 })]);
  const console = makeConsole(fixture);
  onTestFinished(console.stop);
  fixture.waysBack.set('j-1', { operation: 'set-quantity', given: { quantity: '40' } });
  return { fixture, console, plan: () => console.until(({ overlay }) => overlay?.kind === 'plan') };
}

function entry(state: JournalState): JournalEntry {
  return {
    ...{ id: 'j-1', at: '2026-11-21T11:59:00Z', ref, account: null, verb: 'set-quantity', sentence: 'Lower to 32.' },
    ...{ state, reason: null, basis: null, corrects: null, before: {}, after: {}, vendor: null, by: 'me' },
  };
}

function request(state: RequestState): Request {
  return {
    ...{ id: 'j-1', ref, state, vendorState: null, vendorRequestId: null, from: 40, to: 32 },
    ...{ startedAt: '2026-11-21T11:59:00Z', checkedAt: null, nextCheckAt: null, answeredDone: false },
  };
}

test.each(['J', 'J<enter>'])('u after %s opens the plan of what takes a settled write back', async (keys) => {
  const { fixture, console, plan } = start();
  fixture.entries.push(entry('done'));
  console.type(`${keys}u`);
  await plan();
  expect(console.overlay()).toMatchObject({ plan: { writeRequest } });
  expect(fixture.sent).toEqual([]);
});

test.each<[JournalState, string]>([
  ['sent', later],
  ['unknown', 'Its outcome is not known: settle it first.'],
  ['refused', 'It was not applied, so there is nothing to take back.'],
])('u on a write that is %s says why it is not taken back', (state, why) => {
  const { fixture, console } = start();
  fixture.entries.push(entry(state));
  for (const keys of ['J', '<enter>']) {
    console.type(`${keys}u`);
    expect([console.state().status?.text, console.overlay()]).toEqual([why, null]);
  }
});

test('u opens no plan in a console that is read-only', () => {
  const { fixture, console } = start();
  fixture.entries.push(entry('done'));
  console.store.update((state) => ({ ...state, readOnly: true }));
  for (const keys of ['J', '<enter>']) {
    console.type(`${keys}u`);
    expect([console.state().status?.text, console.overlay()]).toEqual(['Read-only: nothing is sent.', null]);
  }
});

test('u says what cannot be taken back at all', () => {
  const { fixture, console } = start();
  fixture.entries.push(entry('done'));
  fixture.waysBack.set('j-1', { no: 'It is gone for good.' });
  console.type('Ju');
  expect(console.state().status?.text).toBe('It cannot be taken back: It is gone for good.');
});

test('u on a request waits for its end, then opens the plan', async () => {
  const { fixture, console, plan } = start();
  fixture.entries.push(entry('sent'));
  fixture.requests.push(request('running'));
  console.type('Ru');
  expect([console.state().status?.text, console.overlay()]).toEqual([later, null]);
  fixture.entries[0] = entry('done');
  fixture.requests[0] = request('done');
  fixture.waysBack.set('another', { no: '' });
  fixture.emit({ kind: 'settled', request: request('done'), entry: entry('done') });
  expect(console.state().status?.text).toBe('Backup 100: 40 → 32 done. R shows requests, where u takes it back.');
  console.type('u');
  await plan();
  expect(console.overlay()).toMatchObject({ plan: { writeRequest } });
});

test('a result on screen learns that its request has settled', async () => {
  const wayBack: OfferedWayBack = { kind: 'offered', writeRequest, words: 'subdeck …', short: 'set-quantity 40' };
  const { fixture, console, plan } = start();
  const shown = { outcome: 'accepted', journalId: 'j-1', request: request('running'), fault: null, wayBack } as const;
  const show = () =>
    console.store.update((state) => ({ ...state, overlay: { kind: 'result', plan: null, result: shown } }));
  show();
  console.type('u');
  expect(console.state().status?.text).toBe(later);
  fixture.emit({ kind: 'settled', request: request('failed'), entry: entry('refused') });
  expect(console.overlay()).toMatchObject({ kind: 'result', result: { outcome: 'refused' } });
  console.type('u');
  expect(console.state().status?.text).toBe('There is nothing to take back.');
  show();
  fixture.emit({ kind: 'settled', request: request('done'), entry: entry('done') });
  console.type('u');
  await plan();
  expect(console.overlay()).toMatchObject({ plan: { writeRequest } });
});
