import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { promisify } from 'node:util';
import { constants, gzipSync } from 'node:zlib';
import own from '../../package.json' with { type: 'json' };
import { vendors } from '../../src/api/registry.ts';
import { vendorKindsOf } from '../../src/app/connection-setup.ts';
import { completionScript } from '../../src/commands/completion-script.ts';
import { commands } from '../../src/commands/table.ts';

const root = join(import.meta.dirname, '../..');
const kinds = vendorKindsOf(vendors);

/** Debian's name of the architecture, for each of Node's that the executable is built on. */
const architectures: Readonly<Record<string, string>> = { x64: 'amd64', arm64: 'arm64' };

/** What Node and the addon are linked with, as `ldd` says. Node is built for systems from 2018 on (glibc 2.28). */
const depends = 'libatomic1, libc6 (>= 2.28), libgcc-s1, libstdc++6 (>= 7)';

interface Parts {
  readonly executable: string;
  readonly licenses: string;
  /** Seconds since 1970. */
  readonly date: number;
}

/** Builds `subdeck_VERSION_ARCHITECTURE.deb` in the directory and returns its name: the executable, completions, man page, licenses. */
export async function buildDebianPackage(directory: string, { executable, licenses, date }: Parts): Promise<string> {
  const architecture = architectures[process.arch];
  if (architecture === undefined) throw new Error(`Debian has no name here for the architecture ${process.arch}.`);
  const tree = join(directory, 'deb');
  const put = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), content);
  };
  put('usr/bin/subdeck', '');
  cpSync(executable, join(tree, 'usr/bin/subdeck'));
  put('usr/share/bash-completion/completions/subdeck', completionScript('bash', commands, kinds));
  put('usr/share/zsh/vendor-completions/_subdeck', completionScript('zsh', commands, kinds));
  put('usr/share/fish/vendor_completions.d/subdeck.fish', completionScript('fish', commands, kinds));
  put('usr/share/man/man1/subdeck.1.gz', zipped(readFileSync(join(root, 'docs/reference/subdeck.1'))));
  put(
    'usr/share/doc/subdeck/copyright',
    `${readFileSync(join(root, 'LICENSE'), 'utf8')}\nThe executable contains Node.js and other software: THIRD-PARTY-LICENSES.gz.\n`,
  );
  put('usr/share/doc/subdeck/THIRD-PARTY-LICENSES.gz', zipped(licenses));
  put('usr/share/doc/subdeck/changelog.gz', zipped(readFileSync(join(root, 'CHANGELOG.md'))));
  const files = filesIn(tree);
  put('DEBIAN/md5sums', files.map((file) => `${md5(file)}  ${relative(tree, file)}\n`).join(''));
  put('DEBIAN/control', control(architecture, files));
  for (const path of everythingIn(tree)) {
    const isRun = statSync(path).isDirectory() || path.endsWith('/usr/bin/subdeck');
    chmodSync(path, isRun ? 0o755 : 0o644);
    utimesSync(path, date, date);
  }
  const name = `subdeck_${own.version}_${architecture}.deb`;
  await promisify(execFile)(
    'dpkg-deb',
    ['--root-owner-group', '-Zzstd', '-z6', '--build', tree, join(directory, name)],
    {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(date) },
    },
  );
  return name;
}

function control(architecture: string, files: readonly string[]): string {
  const kibibytes = files.reduce((sum, file) => sum + Math.ceil(statSync(file).size / 1_024), 0);
  return `Package: subdeck
Version: ${own.version}
Architecture: ${architecture}
Maintainer: ${own.author} <${own.bugs.url}>
Installed-Size: ${kibibytes}
Depends: ${depends}
Suggests: gnome-keyring
Section: utils
Priority: optional
Homepage: ${own.homepage}
Description: ${own.description}
 A terminal console and command line for resellers of cloud subscriptions:
 finds and changes the subscriptions of five vendors, safely and offline too.
`;
}

function zipped(content: string | Buffer): Buffer {
  return gzipSync(content, { level: constants.Z_BEST_COMPRESSION });
}

function md5(file: string): string {
  return createHash('md5').update(readFileSync(file)).digest('hex');
}

function everythingIn(directory: string): readonly string[] {
  return [
    directory,
    ...readdirSync(directory, { recursive: true, encoding: 'utf8' }).map((name) => join(directory, name)),
  ].sort();
}

function filesIn(directory: string): readonly string[] {
  return everythingIn(directory).filter((path) => statSync(path).isFile());
}
