import { type Fault, FaultError, fault } from '../model/fault.ts';
import { nearest } from '../model/nearest.ts';
import { isPem, privateKeyFault } from '../model/pem.ts';
import type { Secrets, SettingDeclaration } from '../model/settings.ts';
import { encodingFault } from '../model/text-check.ts';
import type { Input } from './command.ts';
import type { VendorKind } from './setup.ts';

/**
 * The secrets from stdin: one JSON object with the names that the vendor declares. Throws `usage`; messages contain no
 * value.
 */
export async function secretsFrom(input: Input, { title, declarations }: VendorKind): Promise<Secrets> {
  const known = declarations.filter(({ secret }) => secret);
  const names = known.map(({ name }) => name);
  const example = `Write {"${names[0] ?? 'accessToken'}": "…"}.`;
  const value = parsed(await input.stdin());
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fault('usage', 'The secrets on stdin are not a JSON object.', example);
  }
  const secrets: Record<string, string> = {};
  for (const [name, secret] of Object.entries(value)) {
    const declaration = known.find((one) => one.name === name);
    if (declaration === undefined) {
      const near = nearest(name, names);
      const meant = near === null ? '' : `Did you mean ${near}? `;
      throw fault('usage', `${title} has no secret called "${name}".`, `${meant}It takes ${names.join(', ')}.`);
    }
    if (typeof secret !== 'string' || secret === '') {
      throw fault('usage', `The secret ${name} must be a non-empty text.`, example);
    }
    const wrong = secretFault(declaration, secret);
    if (wrong !== null) throw new FaultError(wrong);
    secrets[name] = secret;
  }
  if (Object.keys(secrets).length === 0) throw fault('usage', 'The object on stdin has no secrets.', example);
  return secrets;
}

/** Why a text cannot be this secret, or null. Nothing of it gets into the message. */
export function secretFault({ name, kind }: SettingDeclaration, text: string): Fault | null {
  const broken = encodingFault(`The secret ${name}`, text);
  if (broken !== null) return broken;
  if (kind === 'pem') return privateKeyFault(`The secret ${name}`, text);
  if (!isPem(text)) return null;
  return fault('usage', `The secret ${name} must be a key in PEM format.`, 'Give the key as the vendor issued it.')
    .fault;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
