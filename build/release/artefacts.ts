import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import own from '../../package.json' with { type: 'json' };
import { sourceDate } from '../commit.ts';
import { type BundledPackage, licensesPage } from '../third-party-licenses.ts';
import { checksums } from './checksums.ts';
import { buildDebianPackage } from './debian-package.ts';
import { buildExecutable } from './executable.ts';
import { softwareBill } from './software-bill.ts';

const root = join(import.meta.dirname, '../..');

/** The executable for machines without Node and the Debian package of it; returns their names and what is inside. */
export async function buildNodeless(directory: string) {
  mkdirSync(directory, { recursive: true });
  const date = await sourceDate();
  const work = join(directory, 'work');
  const { file, packages } = await buildExecutable(work);
  const licenses = licensesPage([...packages, node()]);
  const debian = await buildDebianPackage(work, { executable: file, licenses, date });
  const executable = `subdeck-${own.version}-${process.platform}-${process.arch}`;
  renameSync(file, join(directory, executable));
  renameSync(join(work, debian), join(directory, debian));
  rmSync(work, { recursive: true });
  return { executable, debian, packages, licenses };
}

/** Everything that a release offers, with checksums. The directory is made anew. */
export async function buildArtefacts(directory: string): Promise<readonly string[]> {
  rmSync(directory, { recursive: true, force: true });
  const { executable, debian, packages } = await buildNodeless(directory);
  const bill = `subdeck-${own.version}.cdx.json`;
  writeFileSync(join(directory, bill), await softwareBill(packages, await sourceDate()));
  const names = [await pack(directory), executable, debian, bill].sort();
  writeFileSync(join(directory, 'SHA256SUMS'), checksums(directory, names));
  return [...names, 'SHA256SUMS'];
}

/** The package for npm, which builds the bundle; returns its name. */
export async function pack(directory: string): Promise<string> {
  mkdirSync(directory, { recursive: true });
  await promisify(execFile)('npm', ['pack', '--silent', '--pack-destination', directory], { cwd: root });
  return `subdeck-${own.version}.tgz`;
}

/** Its license is kept here by version: npm's package of Node comes without. */
function node(): BundledPackage {
  const { node: version } = process.versions;
  const text = readFileSync(join(import.meta.dirname, `../licenses/node-${version}.txt`), 'utf8').trim();
  return { name: 'node', version, license: 'MIT', text };
}

if (import.meta.main) {
  const directory = process.argv[2] ?? 'release';
  for (const name of await buildArtefacts(directory)) process.stdout.write(`${join(directory, name)}\n`);
}
