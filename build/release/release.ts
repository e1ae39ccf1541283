// `npm run release -- VERSION`: checks, commits the new version, and builds everything that is offered twice.
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import own from '../../package.json' with { type: 'json' };
import { datedChangelog, obstacle } from './next-version.ts';

const root = join(import.meta.dirname, '../..');
const changelogFile = join(root, 'CHANGELOG.md');

function succeeds(command: string, ...words: readonly string[]): boolean {
  return spawnSync(command, words, { cwd: root, stdio: 'inherit' }).status === 0;
}

function run(command: string, ...words: readonly string[]): void {
  if (succeeds(command, ...words)) return;
  process.stderr.write(`release: ${[command, ...words].join(' ')} failed, so nothing more was done.\n`);
  process.exit(1);
}

const asked = (...words: readonly string[]) => execFileSync('git', words, { cwd: root, encoding: 'utf8' });
const say = (text: string) => process.stdout.write(`${text}\n`);

const version = process.argv[2] ?? '';
const changelog = readFileSync(changelogFile, 'utf8');
const why = obstacle(version, {
  branch: asked('branch', '--show-current').trim(),
  changes: asked('status', '--porcelain'),
  version: own.version,
  changelog,
});
if (why !== null) {
  process.stderr.write(`release: ${why}\n`);
  process.exit(2);
}

// Everything that CI runs, on this very commit, and what takes CI too long.
run('npm', 'run', 'verify');
// It drives two consoles, so on a busy machine something may be drawn late: what differs twice is different.
if (!succeeds('npm', 'run', 'pictures', '--', '--check')) run('npm', 'run', 'pictures', '--', '--check');
run('npm', 'version', version, '--no-git-tag-version');
writeFileSync(changelogFile, datedChangelog(changelog, version, new Date().toISOString().slice(0, 10)));
// Whatever of the reference names the version.
run('npm', 'run', 'docs');
run('git', 'commit', '--all', '--quiet', '--message', `Release ${version}`);

// Processes of their own: this one has read the version before.
const again = mkdtempSync(join(tmpdir(), 'subdeck-release-'));
run('npm', 'run', 'package', '--', 'release');
run('npm', 'run', 'package', '--', again);
const [sums, others] = [join(root, 'release'), again].map((directory) =>
  readFileSync(join(directory, 'SHA256SUMS'), 'utf8'),
);
rmSync(again, { recursive: true });
if (sums !== others) {
  process.stderr.write(`release: two builds of the same commit differ:\n${sums}\n${others}\n`);
  process.exit(1);
}
say(
  `\n${sums}\nSubdeck ${version} is committed and built into release/, twice and the same. Nothing was pushed, tagged or published.`,
);
say(
  `Next: git tag --sign v${version}, git push --follow-tags, npm publish release/subdeck-${version}.tgz, and upload release/.`,
);
