import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { type ParsedWords, runWords } from '../../src/app/modes/command-line.ts';
import { runProgram } from '../../src/app/run-program.ts';
import { streamsOn } from '../../src/cli/streams.ts';
import type { EnvironmentSecrets } from '../../src/secrets/from-environment.ts';
import { demandDeclaredExit } from './declared-exit.ts';
import { demandFittingOutput } from './fitting-output.ts';

/** The command as users start it. */
export const program = join(import.meta.dirname, '../../bin/subdeck.js');

/** The exit code and output of a run of the program. */
export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** stdout as JSON. */
  json<T>(): T;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Run = (args: readonly string[], env: Environment, stdin?: string | Uint8Array) => Promise<CommandResult>;

/** For the environment of the built program: what Node made of the bundle for one start serves the others. */
export const compiledCode: Readonly<Record<string, string>> =
  process.env.NODE_COMPILE_CACHE === undefined ? {} : { NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE };

/** Runs the built program with these arguments to its end. */
export const runBuilt: Run = async (args, env, stdin) => {
  const result = await runProcess(process.execPath, [program, ...args], { ...compiledCode, ...env }, stdin);
  demandDeclaredExit(args, result.code);
  return result;
};

/**
 * Runs `subdeck` with these arguments in this process through the program's entry: a start takes a quarter of a second of CPU
 * time. Signals, closed pipes, a keychain, the bundle and other users need `runBuilt`.
 */
export const runHere: Run = async (args, env, stdin = '') => {
  const [stdout, stderr] = [new Captured(), new Captured()];
  const streams = streamsOn({ stdin: Readable.from([Buffer.from(stdin)]), stdout, stderr, env });
  const own = { ...env };
  const code = await runProgram(args, {
    env: own,
    stderr,
    runWords: (parsed: ParsedWords, secrets: EnvironmentSecrets) =>
      runWords(parsed, { env: own, secrets, streams, interruptible: () => uninterrupted }),
    launch: (launchMode) => {
      throw new Error(`The mode "${launchMode}" needs a process of its own.`);
    },
  });
  demandFittingOutput(args, stdout.text, stderr.text);
  demandDeclaredExit(args, code);
  return commandResult(code, stdout.text, stderr.text);
};

/** Runs in this process, or with the built program if `BUNDLE` selects a bundle. */
export const run: Run = process.env.BUNDLE === undefined ? runHere : runBuilt;

/** Runs a file to its end. */
export async function runProcess(
  file: string,
  args: readonly string[],
  env: Environment,
  stdin: string | Uint8Array = '',
): Promise<CommandResult> {
  const child = spawn(file, args, { env, stdio: ['pipe', 'pipe', 'pipe'] });
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  // A command that reads nothing may exit before its stdin is written.
  child.stdin.on('error', () => undefined);
  child.stdin.end(stdin);
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return commandResult(code, stdout, stderr);
}

function commandResult(code: number | null, stdout: string, stderr: string): CommandResult {
  return { code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T };
}

class Captured extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}

const uninterrupted = {
  signal: new AbortController().signal,
  race: <T>(work: Promise<T>) => work,
  holding: <T>(work: () => Promise<T>) => work(),
};
