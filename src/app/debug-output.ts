import type { Environment } from '../model/environment.ts';
import { fault } from '../model/fault.ts';

/**
 * With NODE_DEBUG, Node prints requests with their tokens and secrets. It reads the variable before our code runs, so
 * it cannot be switched off: throws `usage` where it is set.
 */
export function refuseDebugOutput(env: Environment): void {
  const name = (['NODE_DEBUG', 'NODE_DEBUG_NATIVE'] as const).find((one) => env[one]);
  if (name === undefined) return;
  const message = `${name} is set, so Node would print tokens and secrets in its debug output.`;
  throw fault('usage', message, `Start subdeck without it: env -u ${name} subdeck …`);
}
