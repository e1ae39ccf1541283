import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceDate } from '../../build/commit.ts';
import { buildNodeless } from '../../build/release/artefacts.ts';
import { buildDebianPackage } from '../../build/release/debian-package.ts';
import { bundleParts } from '../../build/release/executable.ts';
import { softwareBill } from '../../build/release/software-bill.ts';
import { closeTerminals } from '../terminal/terminal.ts';
import { useEveryDay } from './everyday-use.ts';

let directory: string;
let built: Awaited<ReturnType<typeof buildNodeless>>;
beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'subdeck-nodeless-'));
  built = await buildNodeless(directory);
});
afterAll(() => {
  closeTerminals();
  rmSync(directory, { recursive: true, force: true });
});

test('the bill of software names what is inside and nothing else', async () => {
  const { components } = JSON.parse(await softwareBill(built.packages, 1_700_000_000));
  const names = components.map(({ name, version }: { name: string; version: string }) => `${name} ${version}`);
  expect(new Set(names)).toEqual(
    new Set([...built.packages.map(({ name, version }) => `${name} ${version}`), `node ${process.versions.node}`]),
  );
  expect(names).not.toContainEqual(expect.stringMatching(/^(?:vitest|typescript) /));
});

test('another umask, time zone and directory give the same files', async () => {
  const executable = join(directory, built.executable);
  const usual = await bundleParts(join(directory, 'parts'));
  const [umask, zone] = [process.umask(0o077), process.env.TZ];
  process.env.TZ = 'Asia/Tokyo';
  try {
    const elsewhere = join(directory, 'elsewhere with a blank');
    const others = await bundleParts(join(elsewhere, 'parts'));
    expect(others.map(({ file }) => digest(file))).toEqual(usual.map(({ file }) => digest(file)));
    utimesSync(executable, 1_000_000_000, 1_000_000_000);
    const date = await sourceDate();
    const debian = await buildDebianPackage(elsewhere, { executable, licenses: built.licenses, date });
    expect(digest(join(elsewhere, debian))).toBe(digest(join(directory, built.debian)));
  } finally {
    process.umask(umask);
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});

test('the Debian package installs, runs all with an empty PATH, leaves nothing behind', async () => {
  const root = join(directory, 'root');
  mkdirSync(join(root, 'var/lib/dpkg/updates'), { recursive: true });
  mkdirSync(join(root, 'var/lib/dpkg/info'));
  // What this machine has installed decides whether its dependencies are there.
  cpSync('/var/lib/dpkg/status', join(root, 'var/lib/dpkg/status'));
  const dpkg = (...words: readonly string[]) =>
    spawnSync('dpkg', [`--root=${root}`, '--force-not-root', '--force-script-chrootless', ...words], {
      encoding: 'utf8',
    });
  const installed = dpkg('--install', join(directory, built.debian));
  expect(installed, installed.stderr).toMatchObject({ status: 0 });

  const share = join(root, 'usr/share');
  const command = join(root, 'usr/bin/subdeck');
  // The same file as the executable by itself, which needs nothing beside it.
  expect(readFileSync(command).equals(readFileSync(join(directory, built.executable)))).toBe(true);
  await useEveryDay(command, '');
  const bash = spawnSync(command, ['completion', 'bash'], { encoding: 'utf8', env: { HOME: directory, PATH: '' } });
  expect(readFileSync(join(share, 'bash-completion/completions/subdeck'), 'utf8')).toBe(bash.stdout);
  expect(readFileSync(join(share, 'zsh/vendor-completions/_subdeck'), 'utf8')).toMatch(/^#compdef subdeck/);
  expect(readFileSync(join(share, 'fish/vendor_completions.d/subdeck.fish'), 'utf8')).toContain('complete');
  expect(gunzipSync(readFileSync(join(share, 'man/man1/subdeck.1.gz'))).toString()).toMatch(/^\.TH SUBDECK/im);
  const licenses = gunzipSync(readFileSync(join(share, 'doc/subdeck/THIRD-PARTY-LICENSES.gz'))).toString();
  for (const name of ['react', '@napi-rs/keyring', 'node']) expect(licenses).toContain(`\n${name} `);

  const removed = dpkg('--purge', 'subdeck');
  expect(removed, removed.stderr).toMatchObject({ status: 0 });
  expect(existsSync(join(root, 'usr'))).toBe(false);
});

function digest(file: string): string {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
