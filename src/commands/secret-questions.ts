import { homedir } from 'node:os';
import { join } from 'node:path';
import { secretsVariable } from '../model/connection-name.ts';
import { decodeText } from '../model/decode-text.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { isPem } from '../model/pem.ts';
import { askingSentences } from '../model/setting-source.ts';
import type { Secrets, SettingDeclaration } from '../model/settings.ts';
import { readGivenFile } from '../system/given-file.ts';
import type { Input } from './command.ts';
import type { Context } from './context.ts';
import { secretFault } from './secrets-input.ts';
import type { VendorKind } from './setup.ts';

/** Asks for what a new connection needs, where a keychain takes it; null where nothing was given. */
export async function askNewSecrets(
  context: Pick<Context, 'setup'>,
  input: Input,
  { declarations }: VendorKind,
  name: string,
): Promise<Secrets | null> {
  if (context.setup.secretsGiven(name) !== null) return null;
  const trouble = await context.setup.keychainTrouble(name);
  if (trouble !== null) {
    input.say(`${trouble.message} The secrets cannot be stored and are not asked for.`);
    return null;
  }
  input.say("Secrets are stored only in this system's keychain; press Enter to skip one.");
  const wanted = declarations.filter(({ secret, required }) => secret && required);
  return askEach(input, wanted);
}

/** Asks for each secret of a connection, by name. Throws where nothing could be kept, and where nothing was given. */
export async function askOtherSecrets(
  context: Pick<Context, 'setup'>,
  input: Input,
  { declarations }: VendorKind,
  name: string,
): Promise<Secrets> {
  const held = heldByEnvironment(context, name);
  if (held !== null) throw fault('usage', held, `Change ${secretsVariable(name)}, or unset it and try again.`);
  const trouble = await context.setup.keychainTrouble(name);
  if (trouble !== null) throw new FaultError(trouble);
  input.say("Secrets are stored only in this system's keychain; press Enter to leave one as it is.");
  const secrets = await askEach(
    input,
    declarations.filter(({ secret }) => secret),
  );
  if (secrets !== null) return secrets;
  throw fault('usage', 'No secret was given.', 'Nothing was changed.');
}

/** Why the keychain's secrets of a connection are not used, as a sentence, or null. */
export function heldByEnvironment({ setup }: Pick<Context, 'setup'>, name: string): string | null {
  if (setup.secretsGiven(name) === null) return null;
  return `${secretsVariable(name)} contains the secrets of ${name} and overrides the keychain.`;
}

async function askEach(input: Input, wanted: readonly SettingDeclaration[]): Promise<Secrets | null> {
  const secrets: Record<string, string> = {};
  for (const declaration of wanted) {
    const secret = await askSecret(input, declaration);
    if (secret !== '') secrets[declaration.name] = secret;
  }
  return Object.keys(secrets).length === 0 ? null : secrets;
}

const mostTries = 5;

/** Unseen, until what is given will do. A key comes by paste or by the path of its file. */
async function askSecret(input: Input, declaration: SettingDeclaration): Promise<string> {
  const { name, kind } = declaration;
  const how = kind === 'pem' ? ' Paste it, or give the path of its file.' : '';
  input.say(`${name}: ${askingSentences(declaration)}${how}`);
  for (let tries = 0; tries < mostTries; tries += 1) {
    const given = await givenTo(input, declaration);
    if (typeof given === 'string') return given;
    input.say(`${given.message} ${given.next}`);
  }
  throw fault('usage', `No valid ${name} was given.`, 'Nothing was saved.');
}

async function givenTo(input: Input, declaration: SettingDeclaration): Promise<string | Fault> {
  try {
    const typed = (await input.stdin()).trim();
    if (typed === '') return '';
    const secret = declaration.kind === 'pem' && !isPem(typed) ? contentOf(typed) : typed;
    if (secret !== null) return secretFault(declaration, secret) ?? secret;
    // What was typed may be a secret in the wrong place: it is not repeated.
    return fault('usage', 'This is neither a key in PEM format nor the path of a readable file.', '').fault;
  } catch (error) {
    if (error instanceof FaultError && error.fault.kind === 'usage') return error.fault;
    throw error;
  }
}

function contentOf(path: string): string | null {
  try {
    const decoded = decodeText(readGivenFile(path.startsWith('~/') ? join(homedir(), path.slice(2)) : path));
    return 'text' in decoded ? decoded.text : null;
  } catch {
    return null;
  }
}
