import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { Journal } from '../../src/journal/journal.ts';
import { openJournal } from '../../src/journal/sqlite/open-journal.ts';
import { fileLock } from '../../src/system/file-lock.ts';
import type { ProcessMark } from '../../src/system/process-mark.ts';
import { recover } from '../../src/writes/recover.ts';
import { settleable } from '../../src/writes/settle.ts';
import { type FastClock, fastClock } from '../fault-server/clocks.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';
import { hasPidNamespaces } from '../setup/needs.ts';
import { answer, intent, step } from './intent.ts';

/** Like this process, with the same pid and start time, but on another machine. */
const elsewhere: ProcessMark = { pid: 2 ** 30, started: 'then', machine: 'other', namespace: 'pid:[1]', host: 'nas' };

function open(path: string, clock: FastClock, owner?: ProcessMark): Journal {
  const journal = openJournal(path, { clock, ...(owner === undefined ? {} : { owner }) });
  onTestFinished(() => journal.dispose());
  return journal;
}

/** A write in flight, sent by a process on another machine, in a journal that this process has open too. */
async function shared(clock = fastClock(), clockElsewhere = clock) {
  const path = join(temporaryDirectory(), 'journal.db');
  const [theirs, ours] = [open(path, clockElsewhere, elsewhere), open(path, clock)];
  const intended = await theirs.intend({ ...intent, steps: 2 });
  if (intended.kind !== 'intended') throw new Error(intended.kind);
  const { id } = intended;
  await theirs.sending(id, step);
  const stateAfter = async (milliseconds: number) => {
    clock.advance(milliseconds);
    await recover(ours);
    return ours.entry(id)?.state;
  };
  return { theirs, ours, id, stateAfter };
}

test('[fault 91] a writer on another machine counts as alive until its lease runs out', async () => {
  const { theirs, ours, id, stateAfter } = await shared();
  expect(await stateAfter(0)).toBe('sent');
  expect(await stateAfter(50_000)).toBe('sent');
  expect((await ours.stored(id))?.isBeingSent).toBe(true);
  await theirs.answered(id, { index: 0, answer });
  await theirs.sending(id, { ...step, index: 1 });
  expect(await stateAfter(50_000)).toBe('sent');
  expect(await stateAfter(11_000)).toBe('unknown');
  expect(ours.verdicts(id).at(-1)).toMatchObject({ basis: 'lease' });
});

test('[fault 91] refusing to settle a write in flight names the machine that sends it', async () => {
  const { ours, id } = await shared();
  const stored = await ours.stored(id);
  expect(() => settleable(id, stored)).toThrow(`Journal entry ${id} is being sent by another Subdeck process on nas.`);
});

test('[fault 91] a writer that returns after its lease sends no more; its answer is kept', async () => {
  const clock = fastClock();
  const { theirs, ours, id, stateAfter } = await shared(clock);
  expect(await stateAfter(61_000)).toBe('unknown');
  clock.advance(1000);
  expect(ours.record(id)?.senderLost).toBe(true);
  await theirs.answered(id, { index: 0, answer });
  expect(ours.record(id)).toMatchObject({ senderLost: false, evidenceFrom: clock.instant() });
  await expect(theirs.sending(id, { ...step, index: 1 })).rejects.toThrow('nothing more is sent');
  expect(ours.steps(id)).toMatchObject([{ answer: { outcome: 'done' } }]);
  expect(await theirs.close(id, { state: 'done', reason: null, vendor: null, basis: 'answer' })).toBe(true);
});

test('[fault 91] a write taken over before it was sent is not sent later', async () => {
  const clock = fastClock();
  const path = join(temporaryDirectory(), 'journal.db');
  const [theirs, ours] = [open(path, clock, elsewhere), open(path, clock)];
  const intended = await theirs.intend(intent);
  const id = intended.kind === 'intended' ? intended.id : '';
  clock.advance(61_000);
  expect(await ours.takeOver(id)).toBe(true);
  await expect(theirs.sending(id, step)).rejects.toThrow('Another Subdeck process took over');
});

test('[fault 91] with incomparable clocks a lease is measured from the first poll', async () => {
  const [clock, theirClock] = [fastClock(), fastClock(0)];
  clock.restart();
  const { theirs, id, stateAfter } = await shared(clock, theirClock);
  expect(await stateAfter(1_000_000)).toBe('sent');
  expect(await stateAfter(50_000)).toBe('sent');
  await theirs.answered(id, { index: 0, answer });
  await theirs.sending(id, { ...step, index: 1 });
  expect(await stateAfter(20_000)).toBe('sent');
  expect(await stateAfter(50_000)).toBe('sent');
  expect(await stateAfter(11_000)).toBe('unknown');
});

test.runIf(hasPidNamespaces())('[fault 91] a writer in another pid namespace is not mistaken for dead', async () => {
  const path = join(temporaryDirectory(), 'journal.db');
  const root = join(import.meta.dirname, '../..');
  const program = `
    import { openJournal } from ${JSON.stringify(join(root, 'src/journal/sqlite/open-journal.ts'))};
    import { systemClock as clock } from ${JSON.stringify(join(root, 'src/app/clock.ts'))};
    import { fileLock } from ${JSON.stringify(join(root, 'src/system/file-lock.ts'))};
    import { recover } from ${JSON.stringify(join(root, 'src/writes/recover.ts'))};
    import { intent, step } from ${JSON.stringify(join(import.meta.dirname, 'intent.ts'))};
    const journal = openJournal(${JSON.stringify(path)}, { clock });
    await recover(journal);
    await fileLock(${JSON.stringify(`${path}.lock`)}, clock).take(0);
    const { id } = await journal.intend(intent);
    await journal.sending(id, step);
    process.stdout.write(id);
    setInterval(() => undefined, 1000);`;
  const clock = fastClock();
  const ours = open(path, clock);
  // The other side does not consider the write of this process dead either.
  const own = await ours.intend({ ...intent, ref: 'nordic/own' });
  const inside = [process.execPath, '--input-type=module-typescript', '-e', program];
  const child = spawn('unshare', ['--pid', '--fork', '--mount-proc', '--kill-child', ...inside], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const id = String((await once(child.stdout, 'data'))[0]);
  try {
    await recover(ours);
    expect([ours.entry(id)?.state, own.kind === 'intended' && ours.entry(own.id)?.state]).toEqual(['sent', 'intent']);
    expect(await fileLock(`${path}.lock`, clock).take(1000)).toBeNull();
  } finally {
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }
  // Its process cannot be looked up from here, so its lease has to run out.
  await recover(ours);
  expect(ours.entry(id)?.state).toBe('sent');
  clock.advance(61_000);
  await recover(ours);
  expect(ours.entry(id)?.state).toBe('unknown');
});
