import { spawn } from 'node:child_process';

/** `opened`: a program has the address; `ended` resolves with what went wrong with it, or null. `not`: why no program has it, a sentence. */
export type Opened =
  | { readonly kind: 'opened'; readonly ended: Promise<string | null> }
  | { readonly kind: 'not'; readonly why: string };

interface Machine {
  readonly env: NodeJS.ProcessEnv;
  readonly platform: NodeJS.Platform;
}

interface Program {
  readonly command: string;
  readonly args: readonly string[];
}

/**
 * Opens an address in the browser: with the commands of `BROWSER`, the first that starts, else with the platform's opener. Without
 * a display, or on a remote terminal, only `BROWSER` is used. The program gets no variable but those that a browser needs. `address`: an
 * absolute URL, as `URL` writes it.
 */
export async function openAddress(address: string, { env, platform }: Machine): Promise<Opened> {
  const programs = programsFor(env, platform);
  if (typeof programs === 'string') return { kind: 'not', why: programs };
  let why = '';
  for (const program of programs) {
    const opened = await start(program, address, env);
    if (opened.kind === 'opened') return opened;
    why = opened.why;
  }
  return { kind: 'not', why };
}

/** The programs to try, or why there is none. */
function programsFor(env: NodeJS.ProcessEnv, platform: NodeJS.Platform): readonly Program[] | string {
  const browser = env.BROWSER?.trim() ?? '';
  if (browser === 'none') return 'BROWSER is none.';
  if (browser !== '') {
    const commands = platform === 'win32' ? [browser] : browser.split(':');
    const programs = commands.flatMap((each) => programOf(each) ?? []);
    return programs.length === 0 ? 'BROWSER names no command.' : programs;
  }
  if (env.SSH_CONNECTION || env.SSH_TTY) return 'This terminal is on a remote machine.';
  if (platform === 'darwin') return [{ command: 'open', args: [] }];
  // Not `start`: it is a part of the shell, which would interpret the address.
  if (platform === 'win32') return [{ command: 'rundll32.exe', args: ['url.dll,FileProtocolHandler'] }];
  return env.DISPLAY || env.WAYLAND_DISPLAY ? [{ command: 'xdg-open', args: [] }] : 'There is no display here.';
}

/** A command with its arguments. Null: it is empty. */
function programOf(text: string): Program | null {
  const [command, ...args] = wordsOf(text);
  return command === undefined ? null : { command, args };
}

/** The words between spaces; quotes hold what contains spaces. */
function wordsOf(text: string): readonly string[] {
  const words: string[] = [];
  let word = '';
  let quote: string | null = null;
  for (const character of text) {
    if (quote === null ? character === '"' || character === "'" : character === quote) {
      quote = quote === null ? character : null;
    } else if (quote === null && character.trim() === '') {
      words.push(word);
      word = '';
    } else word += character;
  }
  return [...words, word].filter((each) => each !== '');
}

function start({ command, args }: Program, address: string, env: NodeJS.ProcessEnv): Promise<Opened> {
  const given = args.some((arg) => arg.includes('%s'))
    ? args.map((arg) => arg.replaceAll('%s', () => address))
    : [...args, address];
  return new Promise((resolve) => {
    const child = spawn(command, given, { stdio: 'ignore', detached: true, env: browserEnvironment(env) });
    const ended = new Promise<string | null>((end) => {
      child.on('exit', (code, signal) => end(code === 0 || signal !== null ? null : `It ended with status ${code}.`));
    });
    child.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'ENOENT' ? 'was not found' : `did not start (${error.code ?? 'unknown'})`;
      resolve({ kind: 'not', why: `The command ${command} ${why}.` });
    });
    child.on('spawn', () => resolve({ kind: 'opened', ended }));
    child.unref();
  });
}

const needed =
  /^(?:PATH|HOME|USER|LOGNAME|SHELL|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|DISPLAY|WAYLAND_DISPLAY|XAUTHORITY|XDG_\w+|DBUS_SESSION_BUS_ADDRESS|DESKTOP_SESSION|KDE_\w+|GNOME_\w+|BROWSER|SYSTEMROOT|WINDIR|COMSPEC|PATHEXT|TEMP|TMP|USERNAME|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA|PROGRAMFILES(?:\(X86\))?|SYSTEMDRIVE|WSL_DISTRO_NAME|WSL_INTEROP)$/i;

/** The variables that a browser needs: no secret is among them. */
function browserEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => needed.test(name)));
}
