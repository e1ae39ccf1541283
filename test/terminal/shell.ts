import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A shell in tmux: a terminal with job control, in which a program can be stopped and whose modes can be queried. */
export interface Shell {
  /** Types a line and Enter. */
  run(line: string): void;
  /** Presses keys by their tmux names. */
  press(...keys: readonly string[]): void;
  screen(): string;
  /** `alternate 1 cursor 0 mouse 1` while a program owns the terminal. */
  modes(): string;
  resize(columns: number, rows: number): void;
  /** The process in this terminal whose arguments contain `program`. */
  pid(program: string): number;
  /** Resolves once the condition holds. */
  see(what: () => boolean): Promise<void>;
  close(): void;
}

export const takenOver = 'alternate 1 cursor 0 mouse 1';
export const givenBack = 'alternate 0 cursor 1 mouse 0';

const patience = 60_000;

/** `home`: the directory of the socket. Only `env` is added to what tmux itself sets. */
export function openShell(home: string, env: Readonly<Record<string, string>>): Shell {
  const tmux = (...args: readonly string[]) =>
    execFileSync('tmux', ['-S', join(home, 'tmux'), '-f', '/dev/null', ...args], { encoding: 'utf8' });
  const given = Object.entries(env).flatMap(([name, value]) => ['-e', `${name}=${value}`]);
  tmux('new-session', '-d', '-x', '80', '-y', '24', ...given, 'bash', '--norc', '--noprofile');
  tmux('set-option', '-g', 'status', 'off');
  const screen = () => tmux('capture-pane', '-p');
  const modes = () =>
    tmux('display', '-p', 'alternate #{alternate_on} cursor #{cursor_flag} mouse #{mouse_any_flag}').trim();
  const tty = () => tmux('display', '-p', '#{pane_tty}').trim().replace('/dev/', '');
  return {
    run: (line) => void tmux('send-keys', line, 'Enter'),
    press: (...keys) => void tmux('send-keys', ...keys),
    screen,
    modes,
    resize: (columns, rows) => void tmux('resize-window', '-x', String(columns), '-y', String(rows)),
    pid: (program) => {
      const processes = execFileSync('ps', ['-o', 'pid,args', '-t', tty()], { encoding: 'utf8' }).split('\n');
      return Number(/^\s*(\d+)\s/m.exec(processes.find((line) => line.includes(program)) ?? '')?.[1]);
    },
    async see(what) {
      const until = Date.now() + patience;
      while (!what()) {
        if (Date.now() > until) throw new Error(`Not seen: ${what}. ${modes()}\n${screen()}`);
        // Each look starts programs: more of them would take the processor from the one that is looked at.
        await pause(80);
      }
    },
    close: () => void tmux('kill-server'),
  };
}
