import { FaultError, fault } from '../model/fault.ts';
import type { Secrets } from '../model/settings.ts';
import { encodingFault } from '../model/text-check.ts';
import type { Input } from './command.ts';
import type { VendorKind } from './setup.ts';

/**
 * The secrets from stdin: one JSON object with the names that the vendor declares. Throws `usage`; messages contain no
 * value.
 */
export async function secretsFrom(input: Input, { title, declarations }: VendorKind): Promise<Secrets> {
  const names = declarations.filter(({ secret }) => secret).map(({ name }) => name);
  const example = `Write {"${names[0] ?? 'accessToken'}": "…"}.`;
  const value = parsed(await input.stdin());
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fault('usage', 'The secrets on stdin are not a JSON object.', example);
  }
  const secrets: Record<string, string> = {};
  for (const [name, secret] of Object.entries(value)) {
    if (!names.includes(name)) {
      throw fault('usage', `${title} has no secret called "${name}".`, `It takes ${names.join(', ')}.`);
    }
    if (typeof secret !== 'string' || secret === '') {
      throw fault('usage', `The secret ${name} must be a non-empty text.`, example);
    }
    const broken = encodingFault(`The secret ${name}`, secret);
    if (broken !== null) throw new FaultError(broken);
    secrets[name] = secret;
  }
  if (Object.keys(secrets).length === 0) throw fault('usage', 'The object on stdin has no secrets.', example);
  return secrets;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
