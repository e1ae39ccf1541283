import { fault } from '../model/fault.ts';

/**
 * Node read NODE_DEBUG before anything of ours ran, and prints with it what goes over the line: tokens and secrets. Throws
 * `usage` where it is set, since nothing can take it back.
 */
export function refuseDebugOutput(env: Readonly<Record<string, string | undefined>>): void {
  const name = ['NODE_DEBUG', 'NODE_DEBUG_NATIVE'].find((one) => env[one]);
  if (name === undefined) return;
  const message = `${name} is set: Node would print tokens and secrets among its own messages.`;
  throw fault('usage', message, `Start subdeck without it: env -u ${name} subdeck …`);
}
