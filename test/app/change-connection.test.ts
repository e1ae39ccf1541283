import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, onTestFinished, test } from 'vitest';
import { changeConnection } from '../../src/app/change-connection.ts';
import { systemClock } from '../../src/app/clock.ts';
import { type Declarations, readSettings } from '../../src/config/settings-file.ts';
import { FaultError } from '../../src/model/fault.ts';
import { fileLock } from '../../src/system/file-lock.ts';
import { fastClock } from '../fault-server/clocks.ts';

const declarations: Declarations = new Map([['vmware', []]]);
const connection = { vendor: 'vmware', values: {} };
let home = '';
let path = '';
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'subdeck-settings-'));
  path = join(home, 'settings.json');
});
afterEach(() => rmSync(home, { recursive: true }));

const add = (at: string, name: string, clock = systemClock) =>
  changeConnection({ path: at, declarations, clock }, name, () => connection);

/** A process that adds a connection when its stdin ends. */
function startAdding(name: string) {
  const src = join(import.meta.dirname, '../../src/app');
  const program = `
    import { changeConnection } from ${JSON.stringify(join(src, 'change-connection.ts'))};
    import { systemClock as clock } from ${JSON.stringify(join(src, 'clock.ts'))};
    process.stdout.write('ready');
    for await (const _ of process.stdin);
    const place = { path: ${JSON.stringify(path)}, declarations: new Map([['vmware', []]]), clock };
    await changeConnection(place, ${JSON.stringify(name)}, () => ({ vendor: 'vmware', values: {} }));`;
  const child = spawn(process.execPath, ['--input-type=module-typescript', '-e', program], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  return { child, ready: once(child.stdout, 'data'), ended: once(child, 'exit') };
}

test('[fault 115] twelve processes that add a connection concurrently all keep theirs', {
  timeout: 60_000,
}, async () => {
  const names = Array.from({ length: 12 }, (_, at) => `c${at}`);
  const adders = names.map(startAdding);
  await Promise.all(adders.map(({ ready }) => ready));
  for (const { child } of adders) child.stdin.end();
  const ended = await Promise.all(adders.map((one) => one.ended));
  expect(ended.map(([code]) => code)).toEqual(names.map(() => 0));
  expect(Object.keys(readSettings(path, declarations).connections).toSorted()).toEqual(names.toSorted());
  expect(readdirSync(home).toSorted()).toEqual(['settings.json', 'settings.schema.json']);
});

test('[fault 115] homes linked to one settings file share one lock', async () => {
  const shared = join(home, 'shared.json');
  writeFileSync(shared, '{}');
  symlinkSync(shared, path);
  const release = await fileLock(`${shared}.lock`, systemClock).take(0);
  await expect(add(path, 'a', fastClock())).rejects.toThrow('Another Subdeck process is changing the settings');
  release?.();
  await add(path, 'a');
  expect(readFileSync(shared, 'utf8')).toContain('"a"');
});

/** The fault of adding a connection, which must leave no files behind. */
async function refusal(at: string) {
  const error = await add(at, 'a').catch((thrown: unknown) => thrown);
  if (!(error instanceof FaultError)) throw error;
  expect(error.fault).toMatchObject({ kind: 'usage', sent: false });
  return `${error.fault.message} ${error.fault.next}`;
}

test('[fault 116] an unwritable settings file is named, with what is in the way', async () => {
  writeFileSync(join(home, 'file'), '');
  expect(await refusal(join(home, 'file', 'settings.json'))).toContain(`${join(home, 'file')} is not a directory`);

  const dead = join(home, 'dead');
  symlinkSync(join(home, 'gone', 'settings.json'), dead);
  expect(await refusal(dead)).toContain(`it is a broken link (to ${join(home, 'gone', 'settings.json')})`);

  const [one, other] = [join(home, 'one'), join(home, 'other')];
  symlinkSync(one, other);
  symlinkSync(other, one);
  expect(await refusal(one)).toContain('it is a broken link');
  expect(await refusal(join(one, 'settings.json'))).toContain(`${one} is a broken link`);

  const directory = join(home, 'directory');
  mkdirSync(directory);
  expect(await refusal(directory)).toContain('it is a directory');

  expect(readdirSync(home).toSorted()).toEqual(['dead', 'directory', 'file', 'one', 'other']);
});

/** A separate file system, or null if this user may not mount one. */
function mounted(...options: readonly string[]): string | null {
  const at = mkdtempSync(join(tmpdir(), 'subdeck-mounted-'));
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', options.join(','), 'tmpfs', at]).status === 0;
  onTestFinished(() => {
    if (isMounted) spawnSync('umount', ['-l', at]);
    rmSync(at, { recursive: true });
  });
  if (!isMounted) return null;
  return at;
}

test('[fault 116] settings on a full disk are named and stay unchanged', async ({ skip }) => {
  const at = mounted('size=64k');
  if (at === null) return skip('no file system can be mounted here');
  const full = join(at, 'settings.json');
  await add(full, 'first');
  const before = readFileSync(full, 'utf8');
  expect(() => {
    for (let file = 0; ; file += 1) writeFileSync(join(at, `${file}`), 'x'.repeat(4096));
  }).toThrow('ENOSPC');
  expect(await refusal(full)).toContain('the disk is full');
  expect(readFileSync(full, 'utf8')).toBe(before);
  expect(readdirSync(at).filter((name) => /lock|tmp/.test(name))).toEqual([]);
});

test('[fault 116] settings on a read-only file system are named', async ({ skip }) => {
  const at = mounted('size=64k,ro');
  if (at === null) return skip('no file system can be mounted here');
  expect(await refusal(join(at, 'settings.json'))).toContain('its file system is read-only');
});
