import { afterEach, expect, it } from 'vitest';
import type { Request } from '../../src/model/request.ts';
import type { WriteResult } from '../../src/writes/contract.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { manyRows } from '../state/rows.ts';
import { frameOf } from './frame.tsx';

let open: TestConsole | null = null;
afterEach(() => open?.stop());

const request: Request = {
  id: 'j1',
  ref: 'nordic/a',
  state: 'running',
  vendorState: 'quantity 25',
  vendorRequestId: null,
  from: 25,
  to: 20,
  startedAt: '2026-11-21T11:59:18Z',
  checkedAt: '2026-11-21T11:59:40Z',
  nextCheckAt: null,
  answeredDone: true,
};
const ended = { journalId: 'j1', request: null, fault: null } as const;

/** The screen after a write with this outcome. */
function shown(result: WriteResult): string {
  open = makeConsole(makeFixture(manyRows(3)), { columns: 100, rows: 24 });
  open.store.update((state) => ({ ...state, overlay: { kind: 'result', plan: null, result } }));
  return frameOf(open).join(' ').replace(/[│┃║]/g, ' ').replace(/\s+/g, ' ');
}

it('says so if the vendor reports done but does not show the change yet', () => {
  const text = shown({ ...ended, outcome: 'accepted', request });
  expect(text).toContain('The vendor reports it done but does not show it yet.');
  expect(text).not.toContain('The vendor is working on it');
});

it('says so if the vendor is still working on it', () => {
  const text = shown({ ...ended, outcome: 'accepted', request: { ...request, answeredDone: false } });
  expect(text).toContain('The vendor is working on it.');
});

it('shows what could not be compared beside "done"', () => {
  const left = 'The vendor does not show autoRenewEnabled, so it was not compared.';
  expect(shown({ ...ended, outcome: 'done', left })).toContain(left);
  expect(shown({ ...ended, outcome: 'done' })).toContain('The vendor shows the change.');
});

it('requests show what the vendor shows; an unknown one is not called done', () => {
  const fixture = makeFixture(manyRows(3));
  fixture.requests.push(request, { ...request, id: 'j2', state: 'unknown' });
  open = makeConsole(fixture, { columns: 160, rows: 24 });
  open.type('R');
  const text = frameOf(open).join('\n');
  expect(text).toContain('quantity 25');
  expect(text).toMatch(/running/);
  expect(text).toMatch(/unknown/);
});
