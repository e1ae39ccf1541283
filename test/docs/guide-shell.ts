import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';
import { sandboxOptions } from '../../src/app/modes/sandbox-options.ts';
import { parse } from '../../src/cli/parse.ts';
import { launchModes } from '../../src/commands/launch-modes.ts';
import { type RunningSandbox, startSandbox } from '../../src/sandbox/start.ts';
import { run } from '../cli/run-program.ts';

/** What a block of commands did. */
export interface BlockResult {
  /** The exit codes that were not 0, in order. */
  readonly codes: readonly number[];
  /** stdout and stderr. */
  readonly output: string;
}

/** What the commands of the guides find on a machine, beside Subdeck. */
export interface Surroundings {
  /** A directory of the PATH, before all others. */
  readonly programs?: string;
  readonly env: Readonly<Record<string, string>>;
  /** A block as it is run: addresses are those of the test. */
  adapted?(commands: string): string;
  close(): Promise<void>;
}

/** A bash in which `subdeck` runs in this process, since a start of the program for each command takes too long. */
export interface GuideShell {
  /** Runs the blocks in one shell, so that each knows the variables of those before it. */
  run(directory: string, blocks: readonly string[], around?: Surroundings): Promise<readonly BlockResult[]>;
  close(): Promise<void>;
}

// The program in PATH: it leaves the call in files of its own and waits for the exit code. Each process costs time, so there are few.
const caller = String.raw`#!/usr/bin/env bash
name=$$-$RANDOM$RANDOM
call=$GUIDE_CALLS/$name
printf '%s\0' "$PWD" "$@" >"$call.words"
env -0 >"$call.env"
if [ -p /dev/stdin ] || [ -f /dev/stdin ]; then cat >"$call.stdin"; else : >"$call.stdin"; fi
exec 3<>"/dev/tcp/127.0.0.1/$GUIDE_PORT"
printf '%s\n' "$name" >&3
read -r code <&3
if [ -s "$call.stderr" ]; then cat "$call.stderr" >&2; fi
if [ -s "$call.stdout" ]; then cat "$call.stdout"; fi
exit "$code"
`;

/** Everything that the shell needs is kept below this directory. One sandbox serves all `subdeck sandbox` of its life. `variables`: more of them. */
export async function openGuideShell(
  root: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<GuideShell> {
  const [calls, bin] = [join(root, 'calls'), join(root, 'bin')];
  for (const directory of [calls, bin]) mkdirSync(directory, { mode: 0o700 });
  writeFileSync(join(bin, 'subdeck'), caller, { mode: 0o700 });
  let sandbox: Promise<RunningSandbox> | null = null;
  const sandboxWith = (flags: readonly string[]) => {
    const parsed = parse(['sandbox', ...flags], [], launchModes);
    if (parsed.kind !== 'launch-mode') throw new Error(`These are no flags of the sandbox: ${flags.join(' ')}`);
    sandbox ??= startSandbox(sandboxOptions(parsed.flags));
    return sandbox;
  };
  const answer = async (name: string): Promise<number> => {
    const call = join(calls, name);
    const [directory = '', ...words] = listOf(readFileSync(`${call}.words`, 'utf8'));
    const env = Object.fromEntries(listOf(readFileSync(`${call}.env`, 'utf8')).map(pairOf));
    const result =
      words[0] === 'sandbox'
        ? { code: 0, stdout: readyLine(await inDirectory(directory, () => sandboxWith(words.slice(1)))), stderr: '' }
        : await inDirectory(directory, () => run(words, env, readFileSync(`${call}.stdin`)));
    writeFileSync(`${call}.stdout`, result.stdout);
    writeFileSync(`${call}.stderr`, result.stderr);
    return result.code ?? 1;
  };
  // One after another: the working directory is one for the whole process.
  let last: Promise<unknown> = Promise.resolve();
  const serve = (socket: Socket): void => {
    socket.on('error', () => undefined);
    createInterface({ input: socket }).once('line', (name) => {
      const turn = last.then(() => answer(/^\d+-\d+$/.test(name) ? name : '-'));
      last = turn.then(
        (code) => socket.end(`${code}\n`),
        () => socket.destroy(),
      );
    });
  };
  const server = createServer(serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const kept = Object.entries(process.env).filter(([name]) => !/^(SUBDECK_|VITEST|CI$|NODE_|PG[A-Z]+$)/.test(name));
  const env = {
    ...Object.fromEntries(kept),
    ...variables,
    PATH: `${bin}${delimiter}${process.env.PATH ?? ''}`,
    HOME: root,
    GUIDE_CALLS: calls,
    GUIDE_PORT: String(port),
  };
  return {
    run: (directory, blocks, around) => {
      const path = around?.programs === undefined ? env.PATH : `${around.programs}${delimiter}${env.PATH}`;
      const adapted = blocks.map((commands) => around?.adapted?.(commands) ?? commands);
      return runBlocks(directory, adapted, { ...env, ...around?.env, PATH: path });
    },
    close: async () => {
      await new Promise((resolve) => server.close(resolve));
      await (await sandbox)?.stop();
    },
  };
}

async function runBlocks(
  directory: string,
  blocks: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<readonly BlockResult[]> {
  const log = (index: number, kind: 'codes' | 'output') => join(directory, `.${index}.${kind}`);
  const script = blocks.map((commands, index) => {
    for (const kind of ['codes', 'output'] as const) writeFileSync(log(index, kind), '');
    return `trap 'echo $? >>"${log(index, 'codes')}"' ERR\n{\n${commands}\n:\n} >"${log(index, 'output')}" 2>&1 </dev/null\n`;
  });
  writeFileSync(join(directory, '.script'), `set -o pipefail\n${script.join('')}`);
  const bash = spawn('bash', [join(directory, '.script')], { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let complaint = '';
  for (const stream of [bash.stdout, bash.stderr]) stream.on('data', (chunk: Buffer) => (complaint += String(chunk)));
  await new Promise((resolve, reject) => bash.on('error', reject).on('close', resolve));
  if (complaint !== '') throw new Error(`bash: ${complaint}`);
  return blocks.map((_, index) => ({
    codes: readFileSync(log(index, 'codes'), 'utf8').split('\n').filter(Boolean).map(Number),
    output: readFileSync(log(index, 'output'), 'utf8'),
  }));
}

async function inDirectory<T>(directory: string, work: () => Promise<T>): Promise<T> {
  const own = process.cwd();
  process.chdir(directory);
  try {
    return await work();
  } finally {
    process.chdir(own);
  }
}

function readyLine({ connections }: RunningSandbox): string {
  return `${JSON.stringify({ ready: true, connections })}\n`;
}

function listOf(text: string): readonly string[] {
  return text.split('\0').slice(0, -1);
}

function pairOf(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at), text.slice(at + 1)];
}
