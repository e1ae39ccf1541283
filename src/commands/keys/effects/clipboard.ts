import { spawn } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { Environment } from '../../../model/environment.ts';
import type { Terminal } from './deps.ts';

interface Program {
  readonly command: string;
  readonly args: readonly string[];
  /** Where the text goes, for a message. */
  readonly name: string;
}

/**
 * The system's clipboard program, if this process runs on the local display and not over ssh; then tmux, which by
 * default passes no clipboard sequence to the terminal but forwards what it is given itself.
 */
export function clipboardProgram(
  env: Environment,
  platform: string,
  has: (command: string) => boolean,
): Program | null {
  const here = !env.SSH_CONNECTION && !env.SSH_TTY;
  const system = (command: string, when: boolean, ...args: readonly string[]) => ({
    command,
    args,
    name: `the system's clipboard (${command})`,
    when: here && when,
  });
  const usable: readonly (Program & { readonly when: boolean })[] = [
    system('pbcopy', platform === 'darwin'),
    system('wl-copy', Boolean(env.WAYLAND_DISPLAY)),
    system('xclip', Boolean(env.DISPLAY), '-selection', 'clipboard'),
    system('clip.exe', platform === 'win32' || Boolean(env.WSL_DISTRO_NAME)),
    {
      command: 'tmux',
      args: ['load-buffer', '-w', '-'],
      name: "tmux's buffer and the terminal's clipboard",
      when: Boolean(env.TMUX),
    },
  ];
  return usable.find(({ command, when }) => when && has(command)) ?? null;
}

/**
 * Puts a text on a clipboard and says which one. The terminal's own (OSC 52) also works over ssh, if the terminal
 * allows it.
 */
export async function toClipboard(text: string, terminal: Pick<Terminal, 'send'>): Promise<string> {
  const program = clipboardProgram(process.env, process.platform, isInPath);
  if (program !== null && (await hand(program, text))) return program.name;
  const around = multiplexer(process.env);
  terminal.send(osc52(text, around));
  return `the terminal's clipboard (OSC 52${around === null ? '' : `, by ${names[around]}`})`;
}

/** A multiplexer between this program and the terminal, which passes on only wrapped sequences. */
export type Multiplexer = 'tmux' | 'screen';

const names = { tmux: 'tmux', screen: 'GNU screen' } as const;

export function multiplexer(env: Environment): Multiplexer | null {
  if (env.TMUX) return 'tmux';
  return env.STY ? 'screen' : null;
}

const start = '\u001bP';
const end = '\u001b\\';
/** GNU screen accepts strings of up to 768 bytes in all its versions. */
const longestForScreen = 512;

/**
 * tmux handles the plain sequence if `set-clipboard` is on, and passes the wrapped one on if allowed. GNU screen has no
 * clipboard support: it passes on the content of its own strings, piece by piece.
 */
export function osc52(text: string, around: Multiplexer | null): string {
  const plain = `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
  switch (around) {
    case null:
      return plain;
    case 'tmux':
      return `${plain}${start}tmux;${plain.replaceAll('\u001b', '\u001b\u001b')}${end}`;
    case 'screen':
      return Array.from({ length: Math.ceil(plain.length / longestForScreen) }, (_, at) =>
        plain.slice(at * longestForScreen, (at + 1) * longestForScreen),
      )
        .map((piece) => start + piece + end)
        .join('');
  }
}

/** A program that has not read the text by then never will, such as one whose display is gone. */
const takeMilliseconds = 2_000;

function hand({ command, args }: Program, text: string): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'ignore'] });
    const patience = setTimeout(() => {
      child.kill('SIGKILL');
      resolve(false);
    }, takeMilliseconds);
    const ended = (took: boolean) => {
      clearTimeout(patience);
      resolve(took);
    };
    child.on('error', () => ended(false));
    child.on('exit', (code) => ended(code === 0));
    child.stdin.on('error', () => resolve(false));
    child.stdin.end(text);
  });
}

function isInPath(command: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
