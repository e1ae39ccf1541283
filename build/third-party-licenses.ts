import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'rolldown';

/** A package of which code is in the bundle. */
export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** SPDX. */
  readonly license: string;
  /** What its license and notice files say. */
  readonly text: string;
}

/** The file that the bundle has beside its code. */
const licensesFile = 'THIRD-PARTY-LICENSES';

/** Writes the licenses of every package that the bundle has code of beside it. Fails the build where one has none. */
export function thirdPartyLicenses(): Plugin {
  return {
    name: 'third-party-licenses',
    generateBundle(_, files) {
      const modules = Object.values(files).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      this.emitFile({ type: 'asset', fileName: licensesFile, source: licensesPage(bundledPackages(modules)) });
    },
  };
}

/** The packages that the modules are from, by name and version. */
export function bundledPackages(modules: readonly string[]): readonly BundledPackage[] {
  const directories = new Set(modules.flatMap((module) => packageDirectory.exec(module)?.[0] ?? []));
  const packages = [...directories].map(packageIn).map((one) => [`${one.name}@${one.version}`, one] as const);
  return [...new Map(packages)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, one]) => one);
}

const packageDirectory = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+(?=[\\/])/;

/** Throws where it has no license that could be passed on. */
function packageIn(directory: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8'));
  const own = readdirSync(directory).filter((file) => /^(?:licen[cs]e|copying|notice)/i.test(file));
  const files = own.length > 0 ? own.sort().map((file) => join(directory, file)) : keptHere(name);
  const texts = files.map((file) => readFileSync(file, 'utf8').trim());
  const text = texts.length > 0 ? texts.join('\n\n') : licenseInReadme(directory);
  if (typeof license !== 'string' || text === null) throw new Error(`${name} ${version} has no license to pass on.`);
  return { name, version, license, text };
}

/** The license of a package that is published without it. */
function keptHere(name: string): readonly string[] {
  const file = join(import.meta.dirname, 'licenses', `${name}.txt`);
  return existsSync(file) ? [file] : [];
}

/** Some packages have their license in the README alone. */
function licenseInReadme(directory: string): string | null {
  const file = join(directory, 'README.md');
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  return /^#+ *licen[cs]e\s*\n([\s\S]*)/im.exec(text)?.[1]?.trim() || null;
}

/** Packages with the same license, to the letter, share its text. */
export function licensesPage(packages: readonly BundledPackage[]): string {
  const parts = [...Map.groupBy(packages, ({ text }) => text)].map(([text, sharing]) => {
    const names = sharing.map(({ name, version, license }) => `${name} ${version} (${license})\n`);
    return `${names.join('')}\n${text}\n`;
  });
  const first = `Subdeck contains code of ${packages.length} packages. Each is listed with its license below.\n`;
  return [first, ...parts].join(`\n${'='.repeat(80)}\n\n`);
}
