import type { KeyScope } from './key-scopes.ts';

/** The part of a command that the dispatcher needs. */
export interface Bound {
  readonly id: string;
  readonly keys?: {
    readonly keys: readonly string[];
    readonly scopes: readonly KeyScope[];
    /** Its id in the settings of earlier versions, which is still accepted there. */
    readonly formerId?: string;
  };
}

/**
 * The command of a key in the active scopes, innermost first. An inner scope wins over an outer one; within a scope the
 * first command of the table wins. Pure.
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

/** Every command that a key reaches in the active scopes, inner scopes first. */
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
