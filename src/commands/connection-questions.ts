import { isConnectionName, secretsVariable, sharesVariable } from '../model/connection-name.ts';
import { type FaultError, fault } from '../model/fault.ts';
import { missingFrom, mistakesIn } from '../model/setting-check.ts';
import { askingSentences } from '../model/setting-source.ts';
import type { Secrets } from '../model/settings.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Input } from './command.ts';
import type { Context } from './context.ts';
import { type Ask, demanded } from './demanded-answer.ts';
import { flag } from './given-values.ts';
import { askNewSecrets } from './secret-questions.ts';
import type { VendorKind } from './setup.ts';

/** The questions for a new connection, from the vendor's declaration. */
export interface ConnectionQuestions {
  vendor(): Promise<string>;
  name(kind: VendorKind): Promise<string>;
  /** What the vendor needs beside the given values: settings, and secrets if there is a keychain. */
  rest(
    kind: VendorKind,
    name: string,
    given: Readonly<Record<string, string>>,
    secretsComeOtherwise: boolean,
  ): Promise<{ readonly values: Readonly<Record<string, string>>; readonly secrets: Secrets | null }>;
}

/** Null when every value was given or there is no terminal: then nothing is asked. */
export function questionsOf(context: Pick<Context, 'settings' | 'setup'>, input: Input): ConnectionQuestions | null {
  const { ask } = input;
  if (ask === null || input.flags.json !== undefined || isComplete(context, input)) return null;
  const { vendors } = context.setup;
  return {
    vendor: async () => {
      input.say(['Vendors:', ...vendors.map(({ id, title }, at) => `  ${at + 1}  ${id}  ${title}`)].join('\n'));
      const picked = (text: string) => vendors[Number(text) - 1]?.id ?? vendors.find(({ id }) => id === text)?.id;
      return demanded(input, ask, 'Vendor (number or name): ', (text) =>
        picked(text) === undefined ? 'There is no such vendor.' : null,
      ).then((text) => picked(text) ?? text);
    },
    name: ({ id }) => {
      const usual = nameTaken(context, id) === null ? id : null;
      const hint = usual === null ? '' : ` [${usual}]`;
      return demanded(input, ask, `Name of the connection (lower-case letters, digits, - and _)${hint}: `, (text) => {
        const wrong = nameTaken(context, text || (usual ?? ''));
        return wrong === null ? null : `${wrong.fault.message} ${wrong.fault.next}`;
      }).then((text) => text || (usual ?? ''));
    },
    rest: async (kind, name, given, secretsComeOtherwise) => {
      const values = await askSettings(input, ask, kind, given);
      const secrets = secretsComeOtherwise ? null : await askNewSecrets(context, input, kind, name);
      return { values, secrets };
    },
  };
}

/** Why the name is not allowed, or null. */
export function nameTaken(context: Pick<Context, 'settings'>, name: string): FaultError | null {
  if (!isConnectionName(name)) {
    const next = 'Use lower-case letters, digits, - and _, beginning with a letter or digit.';
    return fault('usage', `"${name}" is not a valid connection name.`, next);
  }
  const others = Object.keys(context.settings.connections);
  if (others.includes(name)) {
    return fault(
      'usage',
      `The connection ${name} already exists.`,
      `Change it with subdeck connection set ${shellWord(name)}`,
    );
  }
  const twin = sharesVariable(name, others);
  if (!twin) return null;
  return fault(
    'usage',
    `${name} would use the same variable ${secretsVariable(name)} as ${twin}.`,
    'Choose another name.',
  );
}

/** The settings that are missing where vendor and name are given; secrets are none. */
export function missingSettings(context: Pick<Context, 'setup'>, input: Input): ReturnType<typeof missingFrom> {
  const kind = context.setup.vendors.find(({ id }) => id === flag(input, 'vendor'));
  if (kind === undefined || input.args.NAME === undefined) return [];
  if (context.setup.secretsGiven(input.args.NAME)?.includes('accessToken')) return [];
  const given = Object.fromEntries(input.rest.map(nameAndValue));
  return missingFrom(given, kind.declarations).filter(({ secret }) => !secret);
}

/** Whether nothing is missing but secrets. Also of a vendor that there is not. */
export function isComplete(context: Pick<Context, 'setup'>, input: Input): boolean {
  const kind = context.setup.vendors.find(({ id }) => id === flag(input, 'vendor'));
  if (kind === undefined || input.args.NAME === undefined) return flag(input, 'vendor') !== null && kind === undefined;
  return missingSettings(context, input).length === 0;
}

/** `name=value`; the value may hold more of them. */
function nameAndValue(word: string): readonly [string, string] {
  const [name = '', ...rest] = word.split('=');
  return [name, rest.join('=')];
}

/** One after the other, since an answer may make another setting unnecessary. */
async function askSettings(input: Input, ask: Ask, kind: VendorKind, given: Readonly<Record<string, string>>) {
  const values = { ...given };
  for (;;) {
    const [next] = missingFrom(values, kind.declarations).filter(({ secret }) => !secret);
    if (next === undefined) break;
    const { name, choices } = next;
    const offered = choices === undefined ? '' : `, ${choices.join(' or ')}`;
    input.say(askingSentences(next));
    values[name] = await demanded(input, ask, `${name}${offered}: `, (text) => {
      if (text === '') return `${kind.title} needs it.`;
      const [mistake] = mistakesIn({ [name]: text }, kind.declarations);
      return mistake === undefined ? null : `${name} ${mistake.message}.`;
    });
  }
  const usual = kind.declarations.filter(({ secret, default: fallback, name }) => !secret && fallback && !values[name]);
  if (usual.length > 0) {
    const list = usual.map(({ name, default: fallback }) => `  ${name}=${fallback}`);
    input.say(['Defaults; change them with subdeck connection set:', ...list].join('\n'));
  }
  return values;
}
