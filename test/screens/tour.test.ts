import { afterEach, expect, test, vi } from 'vitest';
import { commands } from '../../src/commands/table.ts';
import type { JournalEntry } from '../../src/model/journal-entry.ts';
import type { Request } from '../../src/model/request.ts';
import type { Ticket } from '../../src/model/ticket.ts';
import { activeScopes } from '../../src/state/active-key-scopes.ts';
import { dispatch } from '../../src/state/dispatch.ts';
import { withOwnKeys } from '../../src/state/own-keys.ts';
import { tourStepOf } from '../../src/state/tour.ts';
import { tourSteps } from '../../src/state/tour-steps.ts';
import { resize } from '../../src/state/updates/status.ts';
import { toggleTour } from '../../src/state/updates/tour.ts';
import { makeConsole, type TestConsole } from '../state/console.ts';
import { makeFixture } from '../state/fixture.ts';
import { safe, subscription } from '../state/rows.ts';
import { frameOf } from './frame.tsx';

const ticket: Ticket = {
  ref: 'nordic/sub-1',
  customer: 'Kuusela Logistics Oy Ab',
  product: 'Archive Files for Teams',
  from: 25,
  to: 20,
  text: 'Hello,\nwe are Acme Oy. Please lower nordic/sub-1 from 25 to 20.',
};

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
});

function opened(size = { columns: 80, rows: 24 }) {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const fixture = makeFixture([subscription({ id: 'sub-1' }), subscription({ id: 'sub-2', name: safe('Backup') })]);
  const console = makeConsole(fixture, size, ticket);
  stops.push(console.stop);
  return { fixture, console };
}

const running: Request = {
  ...{ id: 'j-1', ref: ticket.ref, state: 'running', vendorState: null, vendorRequestId: null, from: 25, to: 20 },
  ...{ startedAt: '2026-11-21T12:00:00Z', checkedAt: null, nextCheckAt: null, answeredDone: false },
};

const written: JournalEntry = {
  ...{ id: 'j-1', at: '2026-11-21T12:00:00Z', ref: ticket.ref, account: null, verb: 'set-quantity' },
  ...{ sentence: 'Change the quantity from 25 to 20.', state: 'done', reason: null, basis: null, corrects: null },
  ...{ before: {}, after: {}, vendor: null, by: 'me' },
};

/** Every state in which a step waits, in order. */
async function* walk({ console, fixture }: ReturnType<typeof opened>): AsyncGenerator<number> {
  console.type('<ctrl+t>');
  yield 1;
  console.type(':');
  yield 2;
  console.type('<enter>');
  yield 3;
  console.type('3');
  yield 4;
  console.type('a');
  await console.until(({ overlay }) => overlay?.kind === 'menu');
  yield 5;
  console.type('<enter>');
  await console.until(({ overlay }) => overlay?.kind === 'form');
  yield 5;
  console.type(String(ticket.to));
  console.type('<enter>');
  await console.until(({ overlay }) => overlay?.kind === 'plan');
  yield 6;
  console.drawPlan();
  fixture.advance(1000);
  fixture.answer = { outcome: 'accepted', journalId: 'j-1', request: running, fault: null };
  fixture.requests.push(running);
  console.type('y');
  vi.advanceTimersByTime(100);
  expect(console.overlay()?.kind).toBe('sending');
  // No key is asked for while none has an effect.
  expect(frameOf(console).slice(-3).join(' ')).toMatch(/step 6 of 9.*is being sent/);
  expect(frameOf(console).slice(-2).join(' ')).not.toContain('Press');
  await console.until(({ overlay }) => overlay?.kind === 'result');
  yield 7;
  console.type('R');
  yield 7;
  const done = { ...running, state: 'done' } as const;
  fixture.requests[0] = done;
  fixture.entries.push(written);
  fixture.emit({ kind: 'settled', request: done, entry: written });
  yield 8;
  console.type('c');
  yield 9;
  console.type('<escape>');
  yield 9;
}

test('nine steps lead from the ticket to the receipt; each can be left', async () => {
  const { console, fixture } = opened();
  for await (const step of walk({ console, fixture })) {
    const state = console.state();
    expect([step, tourStepOf(state)]).toEqual([step, step - 1]);
    const lines = frameOf(console);
    expect(lines).toHaveLength(24);
    expect(lines.at(-3)).toMatch(new RegExp(`^ Tour · step ${step} of 9 ─+ {2}Ctrl-T leaves the tour$`));
    // Two whole lines: nothing is cut, and no command of the step lacks its key.
    expect(lines.slice(-2).join(' ')).not.toMatch(/…|[{}|]/);
    expect(lines.at(-2)).not.toBe('');
    // The ticket is read where it is used.
    if (step === 2)
      expect(lines.join('\n')).toContain('Hello, we are Acme Oy. Please lower nordic/sub-1 from 25 to 20.');
    // Ctrl-T reaches the tour in every box, and leaves everything else as it is.
    expect(dispatch(commands, activeScopes(state), 'ctrl+t')?.id).toBe('tour');
    const left = toggleTour(state);
    expect(left).toMatchObject({ tour: null, columns: 80, rows: 24 });
    expect([left.stack, left.overlay?.kind]).toEqual([state.stack, state.overlay?.kind]);
  }
  expect(fixture.sent).toMatchObject([{ ref: ticket.ref, writeRequest: { verb: 'set-quantity', quantity: 20 } }]);
  console.type('<ctrl+t>');
  expect(frameOf(console).join('\n')).not.toContain('Tour');
});

test('whoever does something else goes on where the screens are', async () => {
  const { console, fixture } = opened();
  const stepAfter = (keys: string) => {
    console.type(keys);
    return (tourStepOf(console.state()) ?? -1) + 1;
  };
  expect(stepAfter('<ctrl+t>')).toBe(1);
  expect(stepAfter('J')).toBe(1);
  expect(stepAfter('<escape>')).toBe(1);
  expect(stepAfter(':')).toBe(2);
  expect(console.overlay()).toMatchObject({ kind: 'palette', ticket: ticket.text });
  expect(stepAfter('<escape>')).toBe(1);
  expect(stepAfter(':')).toBe(2);
  expect(stepAfter('<enter>')).toBe(3);
  // Another palette than that of the ticket stays empty.
  expect(stepAfter(':')).toBe(3);
  expect(console.overlay()).toMatchObject({ kind: 'palette', ticket: null });
  stepAfter('<escape>');
  // The timeline is empty, which leaves the subscription its actions; its step may be left out.
  expect(stepAfter('3')).toBe(4);
  console.type('a');
  await console.until(({ overlay }) => overlay?.kind === 'menu');
  expect(stepAfter('')).toBe(5);
  expect(stepAfter('<escape>')).toBe(4);
  expect(stepAfter('1')).toBe(3);
  expect(stepAfter('<escape><escape>')).toBe(1);
  expect(fixture.sent).toEqual([]);
});

test('the steps show the keys that the user has bound', () => {
  const { console } = opened({ columns: 120, rows: 40 });
  const own = withOwnKeys(commands, { palette: 'ctrl+g', tour: 'ctrl+o' });
  Object.assign(console.deps, { commands: own });
  console.type('<ctrl+o>');
  const text = frameOf(console).slice(-3).join('');
  expect(text).toContain('Ctrl-O leaves the tour');
  expect(text).toContain('Press Ctrl-G for the palette');
  const state = console.state();
  for (const step of tourSteps) {
    const named = [...step.says(ticket, state).matchAll(/\{([^}]+)\}/g)].flatMap(([, ids = '']) => ids.split('|'));
    expect(named.length).toBeGreaterThan(0);
    for (const id of named) expect([id, commands.find((each) => each.id === id)?.keys?.keys.length]).not.toContain(0);
    for (const id of named) expect(commands.map((each) => each.id)).toContain(id);
  }
});

test('it gives the list its lines back, needs room, and runs on the sandbox only', () => {
  const { console } = opened();
  console.type('<ctrl+t>');
  expect(console.state()).toMatchObject({ rows: 21, tour: { lines: 3 } });
  console.store.update((state) => resize(state, 60, 20));
  expect(console.state()).toMatchObject({ rows: 16, tour: { lines: 4 } });
  expect(frameOf(console).at(-4)).toMatch(/^ Tour · step 1 of 9 ─+ {2}Ctrl-T leaves the tour$/);
  console.store.update((state) => resize(state, 60, 16));
  expect(console.state()).toMatchObject({ rows: 16, tour: { lines: 0 } });
  console.store.update((state) => resize(state, 80, 24));
  console.type('<ctrl+t>');
  expect(console.state()).toMatchObject({ rows: 24, tour: null });
  const elsewhere: TestConsole = makeConsole(makeFixture([]));
  stops.push(elsewhere.stop);
  elsewhere.type('<ctrl+t>');
  expect(elsewhere.state()).toMatchObject({ tour: null, status: { text: expect.stringContaining('demo --tour') } });
});
