import { onTestFinished } from 'vitest';
import { type SandboxConnection, type SandboxOptions, startSandbox } from '../../src/sandbox/start.ts';
import { realClock, type SandboxClock } from '../../src/sandbox/time.ts';

/** One connection of a sandbox that runs until the test is over. */
export async function connected(
  name: string,
  options: SandboxOptions = {},
  clock: SandboxClock = realClock,
): Promise<SandboxConnection> {
  const sandbox = await startSandbox({ today: '2026-11-21', ...options }, clock);
  onTestFinished(sandbox.stop);
  const found = sandbox.connections.find((connection) => connection.name === name);
  if (!found) throw new Error(`The sandbox has no connection ${name}.`);
  return found;
}

/** A clock controlled by the test. It starts at the real time, for tokens. */
export function heldClock(): SandboxClock & { move(milliseconds: number): void } {
  const started = Date.now();
  let passed = 0;
  return {
    now: () => started + passed,
    monotonic: () => passed,
    wait: async () => undefined,
    move: (milliseconds) => {
      passed += milliseconds;
    },
  };
}

/** A value that must exist. */
export function given<Value>(value: Value | null | undefined): Value {
  if (value === null || value === undefined) throw new Error('A required value is missing.');
  return value;
}

/** What the sandbox reports as served, oldest first. */
export async function served(origin: string): Promise<readonly Record<string, unknown>[]> {
  const text = await (await fetch(`${origin}/_sandbox/requests`)).text();
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

/** An answer's JSON body, in the shape that the test expects. */
export async function json<Body>(answer: Response | Promise<Response>): Promise<Body> {
  return JSON.parse(await (await answer).text());
}
