import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { isExecutable } from '../system/executable.ts';
import { childWord, type KeychainAnswer, type KeychainQuestion, largestSecret } from './keychain-answer.ts';

/** One request to the operating system's keychain. Never throws, and never takes longer than the deadline. */
export type Keychain = (question: KeychainQuestion) => Promise<KeychainAnswer>;

const deadline = 3_000;

/** The environment variables that locate a keychain: the child inherits nothing else. */
const inherited = [
  ...['PATH', 'HOME', 'LANG', 'LC_ALL', 'USER', 'LOGNAME'],
  ...['DBUS_SESSION_BUS_ADDRESS', 'XDG_RUNTIME_DIR', 'DISPLAY', 'WAYLAND_DISPLAY', 'XAUTHORITY'],
  ...['SystemRoot', 'USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'USERNAME', 'TEMP'],
] as const;

/** The keychain of this machine, called in a child process that is killed after three seconds. */
export const systemKeychain: Keychain = async (question) => {
  if (question.do === 'set' && Buffer.byteLength(question.secret) > largestSecret(process.platform)) {
    return {
      state: 'too-big',
      detail: `an entry of this keychain can hold at most ${largestSecret(process.platform)} bytes`,
    };
  }
  const child = spawn(process.execPath, isExecutable ? [childWord] : ['--no-warnings', childPath()], {
    env: Object.fromEntries(inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))),
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  const { promise: failed, resolve: fail } = Promise.withResolvers<null>();
  child.on('error', () => fail(null));
  child.stdin.on('error', () => undefined);
  let hung = false;
  const timer = setTimeout(() => {
    hung = true;
    child.kill('SIGKILL');
  }, deadline);
  child.stdin.end(JSON.stringify(question));
  try {
    const output = await Promise.race([text(child.stdout), failed]);
    if (hung) return { state: 'hung', detail: `no answer in ${deadline / 1_000} seconds` };
    return understood(output);
  } finally {
    clearTimeout(timer);
  }
};

function understood(output: string | null): KeychainAnswer {
  const died = { state: 'died', detail: 'the process that calls it ended without an answer' } as const;
  if (!output) return died;
  try {
    return JSON.parse(output);
  } catch {
    // JSON.parse errors quote the text, and with it the secret.
    return died;
  }
}

/** The child is beside the bundle; when run from the sources, beside this file. The executable is its own child. */
function childPath(): string {
  const name = import.meta.url.endsWith('.ts') ? './keychain-child.ts' : './keychain-child.js';
  return fileURLToPath(new URL(name, import.meta.url));
}
