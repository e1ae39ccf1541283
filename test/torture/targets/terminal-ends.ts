import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { program, quietEnvironment } from '../../terminal/demo.ts';
import { givenBack, openShell, type Shell, takenOver } from '../../terminal/shell.ts';
import type { Target } from '../target.ts';

/** A module in the program that acts on SIGUSR2 as its environment says. */
const bomb = `
  process.on('SIGUSR2', () => {
    if (process.env.BOMB === 'throw') throw new TypeError('bomb');
    const kept = [];
    const fill = () => kept.push(Array.from({ length: 20_000 }, (_, at) => ({ at })));
    if (process.env.BOMB === 'memory at once') for (;;) fill();
    setInterval(fill, 20);
  });`;

interface End {
  readonly name: string;
  /** What a shell would run before the program's arguments. */
  readonly before?: string;
  readonly after?: string;
  readonly node?: string;
  readonly signal: NodeJS.Signals;
  /** Nothing of the program can run any more: the next start repairs the terminal. */
  readonly atOnce?: boolean;
  readonly says?: RegExp;
}

const ends: readonly End[] = [
  ...(['SIGTERM', 'SIGHUP', 'SIGINT', 'SIGQUIT', 'SIGABRT'] as const).map((signal) => ({ name: signal, signal })),
  { name: 'SIGTSTP', signal: 'SIGTSTP', says: /Stopped/ },
  { name: 'SIGKILL', signal: 'SIGKILL', atOnce: true, says: /Killed/ },
  { name: 'memory that runs out', signal: 'SIGUSR2', node: '--max-old-space-size=200', says: /ran out of memory/ },
  {
    ...{ name: 'memory that runs out at once', signal: 'SIGUSR2', before: 'ulimit -c 0; BOMB="memory at once"' },
    ...{ node: '--max-old-space-size=100', atOnce: true, says: /heap out of memory[\s\S]*Aborted/ },
  },
  { name: 'a thrown error', signal: 'SIGUSR2', before: 'BOMB=throw', says: /failed unexpectedly \(TypeError/ },
  { name: 'EPIPE while it fails', signal: 'SIGUSR2', before: 'BOMB=throw', after: '2> >(:)' },
];

export const terminalEnds: Target = {
  name: 'an intact terminal',
  promise:
    'However the console ends, the terminal is restored for the shell; if nothing can run any more, at the next start.',
  full: 10 * ends.length,
  needs: 'tmux',
  needsProgram: true,
  mutants: [
    {
      name: 'terminal modes that are not reset',
      tries: 7,
      patches: [{ file: 'src/screens/terminal/takeover.ts', find: 'stdout.write(leaveModes);', replace: '' }],
    },
    {
      name: 'no memory watchdog',
      tries: 8,
      patches: [{ file: 'src/screens/terminal/memory-watch.ts', find: 'if (isFull && wasFull) full();', replace: '' }],
    },
  ],
  async run({ n, directory }) {
    const faults: string[] = [];
    const home = join(directory, 'home');
    mkdirSync(home, { mode: 0o700 });
    writeFileSync(join(home, 'bomb.mjs'), bomb);
    const open = () => openShell(home, { ...quietEnvironment(home), PS1: '$ ' });
    let shell = open();
    try {
      for (let nth = 0; nth < n; nth += 1) {
        const end = ends[nth % ends.length];
        if (end === undefined) break;
        const fault = await oneEnd(shell, home, end).catch((error: Error) => error.message);
        if (fault === null) continue;
        faults.push(`${end.name}: ${fault}`);
        shell.close();
        shell = open();
      }
    } finally {
      shell.close();
    }
    return { n, faults, facts: [`${ends.length} ends`] };
  },
};

async function oneEnd(shell: Shell, home: string, end: End): Promise<string | null> {
  const { before = '', node = '', after = '' } = end;
  const start = `${before} ${process.execPath} ${node} --import ${join(home, 'bomb.mjs')} ${program} ${after}`;
  shell.run(`clear; ${start}`);
  await shell.see(() => shell.modes() === takenOver && shell.screen().includes('Sellers'));
  process.kill(shell.pid('subdeck.js'), end.signal);
  if (end.atOnce === true) {
    await shell.see(() => end.says?.test(shell.screen()) === true || Number.isNaN(shell.pid('subdeck.js')));
    shell.run(`clear; ${process.execPath} ${program}`);
    await shell.see(() => shell.modes() === takenOver && shell.screen().includes('Sellers'));
    shell.press('q');
  }
  await shell.see(() => shell.modes() === givenBack);
  if (end.atOnce !== true && end.says !== undefined) await shell.see(() => end.says?.test(shell.screen()) === true);
  shell.run('stty -a | grep -owE "icanon|echo" | grep -c . | sed s/^/modes-/');
  await shell.see(() => /^modes-\d/m.test(shell.screen()));
  const modes = /^modes-(\d)/m.exec(shell.screen())?.[1];
  if (end.signal === 'SIGTSTP') {
    shell.run('clear; fg');
    await shell.see(() => shell.modes() === takenOver && shell.screen().includes('Sellers'));
    shell.press('q');
    await shell.see(() => shell.modes() === givenBack);
  }
  return modes === '2' ? null : 'the terminal does not echo or hands no lines on';
}
