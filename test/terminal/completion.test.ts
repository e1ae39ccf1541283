import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type Shell, shells } from '../../src/commands/completion-script.ts';
import { program } from '../cli/run-program.ts';
import { needs } from '../setup/needs.ts';
import { openStory, type StoryFixture } from '../stories/fixture.ts';
import { closeTerminals, openTerminal, type Terminal } from './terminal.ts';

let fixture: StoryFixture;
let directory: string;
let ref: string;
beforeAll(async () => {
  fixture = await openStory({ connections: ['interworks', 'lineworks'] });
  expect((await fixture.words('sync')).code).toBe(0);
  const list = await fixture.words('subscription', 'list', '--connection', 'interworks', '--json');
  ref = list.json<readonly { readonly ref: string }[]>()[0]?.ref ?? '';
  directory = join(fixture.home, 'bin');
  mkdirSync(directory);
  symlinkSync(program, join(directory, 'subdeck'));
  symlinkSync(process.execPath, join(directory, 'node'));
  writeFileSync(join(fixture.home, 'my seats.plan'), '');
  for (const shell of shells) {
    const script = (await fixture.words('completion', shell)).stdout;
    writeFileSync(join(fixture.home, { bash: 'subdeck.bash', zsh: '_subdeck', fish: 'subdeck.fish' }[shell]), script);
  }
});
afterEach(closeTerminals);
afterAll(() => fixture.close());

/** How each shell is started without anybody's own configuration, and how it finds the script. */
const starts: Readonly<Record<Shell, { readonly args: readonly string[]; readonly load: string }>> = {
  bash: { args: ['--norc', '--noprofile', '-i'], load: "PS1='> '; source ./subdeck.bash" },
  zsh: { args: ['-f', '-i'], load: "PS1='> '; fpath=($PWD $fpath); autoload -Uz compinit; compinit -D -u" },
  fish: { args: ['--no-config', '-i'], load: "function fish_prompt; echo -n '> '; end; source ./subdeck.fish" },
};

async function started(shell: Shell): Promise<Terminal> {
  const { args, load } = starts[shell];
  const env = { SUBDECK_HOME: fixture.home, PATH: [directory, process.env.PATH ?? ''].join(delimiter) };
  const terminal = openTerminal({ command: shell, args, env, columns: 100, rows: 30, silent: true });
  terminal.type(`${load}; echo rea''dy\r`);
  // What is typed before the prompt stands in front of it.
  await terminal.see((screen) => /^ready\n>$/m.test(screen.trimEnd()));
  return terminal;
}

const completed = (): readonly (readonly [typed: string, shown: string])[] => [
  ['subdeck subscr', 'subdeck subscription'],
  ['subdeck subscription set-q', 'subdeck subscription set-quantity'],
  ['subdeck subscription list --conn', 'subdeck subscription list --connection'],
  ['subdeck sync lin', 'subdeck sync lineworks'],
  ['subdeck sync lineworks interw', 'subdeck sync lineworks interworks'],
  ['subdeck subscription list --connection interw', '--connection interworks'],
  ['subdeck subscription list --connection=interw', '--connection=interworks'],
  ['subdeck subscription list --sort erpC', '--sort erpCurrency'],
  ['subdeck subscription list --filter pro', '--filter product:'],
  [`subdeck subscription show ${ref.slice(0, -4)}`, `subscription show ${ref}`],
  ['subdeck subscription list --filter status:act', '--filter status:active'],
  ['subdeck subscription list --filter=status:act', '--filter=status:active'],
  ['subdeck subscription list --filter connection:lin', '--filter connection:lineworks'],
  ['subdeck journal list --filter state:unk', '--filter state:unknown'],
  ['subdeck connection set interworks ba', 'connection set interworks baseUrl='],
  ['subdeck connection add more --vendor cloudc', '--vendor cloudcockpit'],
  ['subdeck connection add more selle', 'connection add more sellerId='],
  ['subdeck renewal set a/b type=st', 'renewal set a/b type=stay'],
  ['subdeck subscription cancel a/b --mode del', '--mode delete'],
  ['subdeck plan show my', 'plan show my\\ seats.plan'],
];

describe.each(shells.filter((shell) => shell === 'bash' || needs(shell)))('in %s', (shell) => {
  test('Tab completes commands, flags, names, fields, settings, REFs and files', async () => {
    const terminal = await started(shell);
    for (const [typed, shown] of completed()) {
      terminal.press('ctrl+u');
      terminal.type(`${typed}\t`);
      await terminal.see((screen) =>
        screen
          .trimEnd()
          .split('\n')
          .some((line) => line.startsWith('> ') && line.includes(shown)),
      );
    }
  });

  test('files are offered only where a file is meant', async () => {
    const terminal = await started(shell);
    terminal.type('subdeck subscription show my\t');
    terminal.type('X');
    await terminal.see(/> subdeck subscription show myX/);
  });
});

test.runIf(needs('fish'))('fish offers no word twice', () => {
  const code = 'source ./subdeck.fish; complete -C "subdeck "; complete -C "subdeck subscription list --"';
  const env = { ...process.env, SUBDECK_HOME: fixture.home, PATH: [directory, process.env.PATH ?? ''].join(delimiter) };
  const lines = execFileSync('fish', ['--no-config', '-c', code], { cwd: fixture.home, env, encoding: 'utf8' });
  const words = lines
    .trim()
    .split('\n')
    .map((line) => line.split('\t')[0]);
  expect(words.length).toBeGreaterThan(20);
  expect(words).toEqual([...new Set(words)]);
});

test('the script for bash keeps to bash 3.2', () => {
  const script = readFileSync(join(fixture.home, 'subdeck.bash'), 'utf8');
  const later = new RegExp(
    [
      /mapfile|readarray|compopt|coproc|globstar|wait -n|\[\[ -v|&>>|\|&|;;?&|\[-\d+\]/,
      /(?:declare|local|typeset) -\w*[Agln]|\$\{[^}]*(?:,|\^|@[a-zA-Z])\}|%\([^)]*\)T|\{\d+\.\.\d+\.\.\d+\}/,
    ]
      .map(({ source }) => source)
      .join('|'),
  );
  const planted = [
    'mapfile -t a < b',
    'declare -A a',
    'local -n a=b',
    `echo \${a,,}`,
    `echo \${a^}`,
    'a) b ;;&',
    'a &>> b',
  ];
  for (const line of [...planted, 'a |& b', 'compopt -o nospace', `echo \${a[-1]}`, `echo \${a@Q}`, '[[ -v a ]]']) {
    expect(line).toMatch(later);
  }
  // Of an empty array bash 3.2 says that it is unbound where the person has set -u.
  expect(script).not.toMatch(/(?<!\+)"\$\{offers\[@\]\}"/);
  expect(script).not.toMatch(later);
  execFileSync('bash', ['-n', '-O', 'compat32', join(fixture.home, 'subdeck.bash')]);
});
