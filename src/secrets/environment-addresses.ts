import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import { secretsVariable } from '../model/connection-name.ts';
import { fault } from '../model/fault.ts';
import type { Secrets } from '../model/settings.ts';
import { shellWord } from '../model/shell-word.ts';
import { foreignness } from '../system/ownership.ts';

/**
 * Where secrets from the environment were given to be sent: the origins that a connection had when it was saved with its
 * variable set, or when they were first used. An address that was changed in the settings file gets none of them.
 */
export interface EnvironmentAddresses {
  /** The secrets without what they say of their addresses. Throws `signed-out` where they were given for others. */
  demand(connection: string, secrets: Secrets, origins: readonly string[]): Secrets;
  /** From now on these; null: whichever come first. */
  record(connection: string, origins: readonly string[] | null): void;
}

/** Beside the secrets in the variable, for whoever wants to say so there: origins, with blanks between them. */
const givenFor = '@givenFor';

const shape = v.record(v.string(), v.object({ givenFor: v.array(v.string()) }));

/** `change` writes the file at `path` while no other process does; it may fail, and then the next use counts as the first. */
export function environmentAddresses(
  path: string,
  change: (path: string, how: (content: string | null) => string) => void,
): EnvironmentAddresses {
  const read = () => contentOf(textOf(path));

  function record(connection: string, origins: readonly string[] | null): void {
    if (origins === null && read()[connection] === undefined) return;
    change(path, (text) => {
      const { [connection]: _, ...others } = contentOf(text);
      const all = origins === null ? others : { ...others, [connection]: { givenFor: [...origins] } };
      return `${JSON.stringify(all, null, 2)}\n`;
    });
  }

  return {
    record,
    demand(connection, { [givenFor]: said, ...secrets }, origins) {
      const known = said?.split(/\s+/).filter((origin) => origin !== '') ?? read()[connection]?.givenFor;
      if (known === undefined) record(connection, origins);
      const strange = known === undefined ? undefined : origins.find((origin) => !known.includes(origin));
      if (strange === undefined) return secrets;
      const variable = secretsVariable(connection);
      const message = `The secrets of ${connection} in ${variable} were given for ${known?.join(' and ')}, but its settings would send them to ${strange}.`;
      const next =
        said === undefined
          ? `Correct the address. If it is right, set it again while ${variable} is set: subdeck connection set ${shellWord(connection)} baseUrl=…`
          : `Correct the address, or "${givenFor}" in ${variable}.`;
      throw fault('signed-out', message, next, { connection });
    },
  };
}

function textOf(path: string): string | null {
  try {
    return foreignness(path) === null ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}

function contentOf(text: string | null): v.InferOutput<typeof shape> {
  try {
    return v.parse(shape, JSON.parse(text ?? '{}'));
  } catch {
    return {};
  }
}
