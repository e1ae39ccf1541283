import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { hasPostgres } from '../postgres/server.ts';
import { needs } from '../setup/needs.ts';
import { missingLine, promisedCodes, type ShellBlock, shellBlocksIn } from './guide-blocks.ts';
import { type GuideChat, openGuideChat } from './guide-chat.ts';
import { startGuidePostgres } from './guide-postgres.ts';
import { type GuideShell, openGuideShell, type Surroundings } from './guide-shell.ts';

const root = join(import.meta.dirname, '../..');
const guides = readdirSync(join(root, 'docs/guides')).map((name) => `docs/guides/${name}`);
const pages = ['README.md', 'SECURITY.md', ...guides];
/** Sets up what the other guides use, so it is run first. */
const practice = 'docs/guides/practice.md';

function textOf(page: string): string {
  return readFileSync(join(root, page), 'utf8');
}

const withPostgres = hasPostgres();

/** The blocks of a page that are run here. */
function runBlocks(markdown: string): readonly ShellBlock[] {
  return shellBlocksIn(markdown).blocks.filter(
    ({ mark }) => mark === 'run' || (mark === 'run with-postgres' && withPostgres),
  );
}

test.each(pages)('every block of commands in %s is run, or says why not', (page) => {
  const { blocks, bare } = shellBlocksIn(textOf(page));
  expect(bare).toEqual([]);
  expect(blocks.filter(({ mark }) => mark === null).map(({ line }) => line)).toEqual([]);
});

test('every file that a reason for not running a block names is there', () => {
  const reasons = pages.flatMap((page) =>
    shellBlocksIn(textOf(page)).blocks.flatMap(({ mark }) =>
      typeof mark === 'object' && mark !== null ? [mark.notRun] : [],
    ),
  );
  const named = reasons.flatMap((reason) => [...reason.matchAll(/(?:\.ci|test)\/[\w./-]+/g)].map(([path]) => path));
  expect(named.length).toBeGreaterThan(8);
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

/** Guides without a block of commands that is run. */
const withoutCommands: Readonly<Record<string, string>> = {
  'docs/guides/README.md': 'the index',
  'docs/guides/comparison.md': 'what other programs are better for',
  'docs/guides/platforms.md': 'where it was tried',
  'docs/guides/stability.md': 'promises, each with its own tests',
  'docs/guides/tour.md': 'keys of the console: test/terminal/tour.test.ts presses them',
};

test.each(guides)('%s has commands that are run, or a reason for none', (page) => {
  expect(runBlocks(textOf(page)).length > 0).toBe(!Object.hasOwn(withoutCommands, page));
});

/** Whether a database of this home is open. Of two connections that close at the same moment both may leave the log: then this one, the last, removes it. */
function hasLogs(home: string): boolean {
  const logs = readdirSync(home).filter((file) => file.endsWith('-wal'));
  for (const log of logs) {
    using database = new DatabaseSync(join(home, log.replace(/-wal$/, '')));
    try {
      database.exec('SELECT count(*) FROM sqlite_schema');
    } catch {
      // It is locked, so it is open.
    }
  }
  return logs.length > 0;
}

describe.runIf(needs('jq') && needs('curl'))('commands of the guides, on the sandbox', () => {
  let directory = '';
  let shell: GuideShell;
  let chat: GuideChat;

  /** What a page says that is not so: exit codes and lines of output. */
  async function differences(name: string, markdown: string, around?: Surroundings): Promise<readonly object[]> {
    const own = join(directory, name.replaceAll('/', '-'));
    mkdirSync(own);
    // A reader goes on in the terminal and the directory of the set-up.
    const prepared = name !== practice;
    if (prepared) cpSync(join(directory, practice.replaceAll('/', '-')), own, { recursive: true });
    const blocks = runBlocks(markdown);
    const setUp = prepared ? ['export SUBDECK_HOME=$PWD/practice; . ./secrets.sh'] : [];
    const results = await shell.run(own, [...setUp, ...blocks.map(({ commands }) => commands)], around);
    return blocks.flatMap(({ line, commands, output }, index) => {
      const result = results[index + setUp.length];
      const codes = promisedCodes(commands);
      const lacks = missingLine(output, result?.output ?? '');
      const agrees = lacks === null && JSON.stringify(result?.codes) === JSON.stringify(codes);
      return agrees ? [] : [{ line, promised: codes, lacks, ...result }];
    });
  }

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'guides-'));
    chat = await openGuideChat();
    shell = await openGuideShell(directory, { HOOK: chat.url });
    expect(await differences(practice, textOf(practice))).toEqual([]);
    // The thread that writes the cache closes it soon after the command; a file that vanishes cannot be copied.
    const home = join(directory, practice.replaceAll('/', '-'), 'practice');
    await vi.waitUntil(() => !hasLogs(home), { timeout: 120_000 });
  });

  afterAll(async () => {
    await shell.close();
    await chat.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const others = pages.filter((page) => page !== practice && runBlocks(textOf(page)).length > 0);

  test.each(others)('%s', async (page) => {
    const markdown = textOf(page);
    const isOnServer = runBlocks(markdown).some(({ mark }) => mark === 'run with-postgres');
    const around = isOnServer ? await startGuidePostgres(directory) : undefined;
    try {
      expect(await differences(page, markdown, around)).toEqual([]);
    } finally {
      await around?.close();
    }
  });

  test('the set-up leaves nothing behind that its last commands do not remove', () => {
    const [, names = ''] = /^rm -r (.+)$/m.exec(shellBlocksIn(textOf(practice)).blocks.at(-1)?.commands ?? '') ?? [];
    const left = readdirSync(join(directory, practice.replaceAll('/', '-'))).filter((name) => !name.startsWith('.'));
    expect(names.split(' ').toSorted()).toEqual(left.toSorted());
  });

  test('what the guide on automation sends to a chat is one message', () => {
    expect(chat.messages).toEqual([{ text: expect.stringMatching(/^\*\d+ to decide today\*/) }]);
  });

  test('a wrong command, exit code or line of output is noticed', async () => {
    const page = [
      '```sh run\nsubdeck version\n```\n```text output\nSubdeck …, Node …)\n```',
      '```sh run\nsubdeck subscriptions list\n```',
      '```sh run\nsubdeck version # exits 3\n```',
      '```sh run\nsubdeck version | tail -1\n```\n```text output\nSubdeck 99\n```',
    ].join('\n');
    const noticed = await differences('wrong.md', page);
    expect(noticed).toMatchObject([
      { line: 7, promised: [], codes: [2] },
      { line: 10, promised: [3], codes: [] },
      { line: 13, lacks: 'Subdeck 99' },
    ]);
  });
});
