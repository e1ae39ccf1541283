import { afterEach, describe, expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import { type Fault, fault } from '../../src/model/fault.ts';
import { missingRowsFault } from '../../src/model/missing-rows.ts';
import { makeConsole, type TestConsole } from './console.ts';
import { makeFixture } from './fixture.ts';
import { connections, manyRows } from './rows.ts';

const silent = fault('unreachable', 'api.example.com does not accept connections.', 'Check the network.').fault;
const busy: Fault = {
  ...silent,
  vendor: { status: 503, code: null, message: safeText('Busy'), correlationId: null },
};

let console: TestConsole | null = null;
afterEach(() => console?.stop());

/** A console in which reading each vendor ends with this result. */
function startWith(faults: readonly (Fault | null)[]): TestConsole {
  const fixture = makeFixture(manyRows(12));
  const faultOf = (name: string) => faults[connections.findIndex((one) => one.name === name)] ?? null;
  Object.assign(fixture.context.sync, {
    run: async (connection: string) => {
      const found = faultOf(connection);
      if (found !== null) fixture.cache.noteFault(connection, found);
      return { connection, rows: 0, complete: found === null, missing: [], fault: found, notes: [] };
    },
  });
  console = makeConsole(fixture);
  return console;
}

describe('a lost network', () => {
  it('switches the console offline, with the reason, and refuses to read', async () => {
    const started = startWith(connections.map(() => silent));
    started.type('r');
    await started.until(({ offline }) => offline);
    expect(started.state().status?.text).toMatch(/No vendor can be reached.*press o to go online.*does not accept/);
    started.type('r');
    expect(started.state().status?.text).toBe('The console is offline; press o to go online.');
    started.type('o');
    expect(started.state().offline).toBe(false);
  });

  it.each([
    ['one vendor can be read', null],
    ['one vendor answers that it is busy', busy],
  ])('is not assumed if %s', async (_, last) => {
    const started = startWith(connections.map((_one, index) => (index === 0 ? last : silent)));
    started.type('r');
    // Everything that follows from the results is done before the next turn of the event loop.
    await new Promise((resolve) => setImmediate(resolve));
    expect(started.state().status?.fault?.message).toBe(silent.message);
    expect(started.state().offline).toBe(false);
  });
});

it('[fault 127] reports rows that a sync missed and the next step', async () => {
  const fixture = makeFixture(manyRows(12));
  const kept = missingRowsFault('nordic', { rows: 60, of: 100, since: '2026-11-21T12:00:00.000Z' });
  Object.assign(fixture.context.sync, {
    run: async (connection: string) => {
      const missing = connection === 'nordic' ? [kept] : [];
      return { connection, rows: 40, complete: missing.length === 0, missing, fault: null, notes: [] };
    },
  });
  console = makeConsole(fixture);
  console.type('r');
  await console.until(({ status }) => status?.text.includes('60 of 100') === true);
  expect(console.state().status?.text).toContain(':sync nordic --accept-removals');
});
