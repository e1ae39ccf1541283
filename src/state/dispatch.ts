import type { KeyScope } from './key-scopes.ts';

/** As much of a command as the dispatcher needs. */
export interface Bound {
  readonly id: string;
  readonly keys?: { readonly keys: readonly string[]; readonly scopes: readonly KeyScope[] };
}

/**
 * Which command a key means, given the active scopes, innermost first. A command of an inner scope wins over one of an
 * outer scope; within a scope the first in the table wins. Pure.
 */
export function dispatch<Command extends Bound>(
  table: readonly Command[],
  scopes: readonly KeyScope[],
  key: string,
): Command | null {
  for (const scope of scopes) {
    const found = table.find((command) => command.keys?.scopes.includes(scope) && command.keys.keys.includes(key));
    if (found !== undefined) return found;
  }
  return null;
}

/** What can be done here: every command of the active scopes that a key reaches, inner scopes first. */
export function reachable<Command extends Bound>(
  table: readonly Command[],
  scopes: readonly KeyScope[],
): readonly Command[] {
  return scopes.flatMap((scope) =>
    table.filter(
      (command) =>
        command.keys?.scopes.includes(scope) &&
        command.keys.keys.some((key) => dispatch(table, scopes, key) === command) &&
        firstScope(command, scopes) === scope,
    ),
  );
}

function firstScope(command: Bound, scopes: readonly KeyScope[]): KeyScope | undefined {
  return scopes.find((scope) => command.keys?.scopes.includes(scope));
}
