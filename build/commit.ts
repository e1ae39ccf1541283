import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the bundle is told of the checkout it is built from, for rolldown's `define`. */
export async function commitDefine(): Promise<Readonly<Record<string, string>>> {
  return { builtFromCommit: JSON.stringify(await ofHead('--abbrev=12', '--format=%h')) };
}

/** When the commit was made, in seconds since 1970: what is built is dated by it, or by `SOURCE_DATE_EPOCH`. */
export async function sourceDate(): Promise<number> {
  return Number(process.env.SOURCE_DATE_EPOCH || (await ofHead('--format=%ct')));
}

/** Of this checkout's commit; empty outside of one. */
async function ofHead(...format: readonly string[]): Promise<string> {
  const asked = run('git', ['log', '-1', ...format], { cwd: import.meta.dirname });
  return asked.then(({ stdout }) => stdout.trim()).catch(() => '');
}
