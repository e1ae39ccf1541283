import type { SettingDeclaration } from './settings.ts';
import { withoutEnd } from './without-end.ts';

/** Errors in a connection's settings, each with the setting's name. */
export interface ValueMistake {
  readonly name: string;
  readonly message: string;
}

/** Checks given values; missing ones are checked separately. */
export function mistakesIn(
  values: Readonly<Record<string, string>>,
  declared: readonly SettingDeclaration[],
): readonly ValueMistake[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const declaration = declared.find((one) => one.name === name);
    const message = declaration ? mistakeIn(value, declaration) : unknownName(name, declared);
    return message === null ? [] : [{ name, message }];
  });
}

/** Required settings (or secrets) that were not given. */
export function missingFrom(
  values: Readonly<Record<string, string>>,
  declared: readonly SettingDeclaration[],
): readonly SettingDeclaration[] {
  const effective = (name: string) => values[name] ?? declared.find((one) => one.name === name)?.default;
  return declared.filter(
    ({ name, required, when, default: fallback }) =>
      required && !values[name] && !fallback && (!when || effective(when.setting) === when.is),
  );
}

/** The values with every default filled in, and references such as `{baseUrl}` replaced. Without secrets. */
export function withDefaults(
  values: Readonly<Record<string, string>>,
  declared: readonly SettingDeclaration[],
): Readonly<Record<string, string>> {
  const settings = declared.filter(({ secret }) => !secret);
  const filled = settings.flatMap(({ name, default: fallback }) => {
    const value = values[name] || fallback;
    return value === undefined ? [] : [[name, value] as const];
  });
  const byName = new Map(filled);
  const replaced = (text: string) =>
    text.replace(/\{(\w+)\}/g, (whole, name: string) =>
      byName.has(name) ? withoutEnd(byName.get(name) ?? '', '/') : whole,
    );
  return Object.fromEntries(filled.map(([name, value]) => [name, values[name] ? value : replaced(value)]));
}

/** The origins of every address among the settings, defaults included: where the connection's secrets would be sent. */
export function originsIn(
  values: Readonly<Record<string, string>>,
  declared: readonly SettingDeclaration[],
): readonly string[] {
  const filled = withDefaults(values, declared);
  const origins = declared.flatMap(({ name, kind }) => {
    const origin = kind === 'url' ? URL.parse(filled[name] ?? '')?.origin : undefined;
    return origin === undefined ? [] : [origin];
  });
  return [...new Set(origins)].sort();
}

function unknownName(unknown: string, declared: readonly SettingDeclaration[]): string {
  const names = (isAssumption: boolean) =>
    declared.filter(({ secret, kind }) => !secret && (kind === 'assumption') === isAssumption).map(({ name }) => name);
  const [own, assumptions] = [names(false), names(true)];
  if (!unknown.startsWith('assume.')) return `is not a setting of this vendor; its settings are ${own.join(', ')}`;
  return assumptions.length === 0
    ? 'is not an assumption that can be set for this vendor; it has none'
    : `is not an assumption that can be set for this vendor; it has ${assumptions.join(', ')}`;
}

function mistakeIn(value: string, { secret, choices, range, kind }: SettingDeclaration): string | null {
  if (secret) return 'is a secret: it belongs in the keychain or the environment, not in the settings';
  if (/[\p{Cc}\u2028\u2029]/u.test(value)) return 'contains a control character';
  if (choices && !choices.includes(value)) return `must be one of ${choices.join(', ')}`;
  if (range && !isWithin(value, range)) return `must be a whole number from ${range.least} to ${range.most}`;
  return kind === 'url' ? mistakeInAddress(value) : null;
}

function isWithin(value: string, { least, most }: NonNullable<SettingDeclaration['range']>): boolean {
  return /^\d{1,9}$/.test(value) && Number(value) >= least && Number(value) <= most;
}

function mistakeInAddress(value: string): string | null {
  const address = URL.parse(value);
  if (!address) return 'must be an address like https://example.com';
  if (address.username || address.password) return 'must not contain a user name or password';
  if (address.protocol === 'https:') return null;
  if (address.protocol !== 'http:') return 'must begin with https://';
  return isLoopback(address.hostname) ? null : 'must begin with https:// (http:// only for this machine)';
}

/** `host` as a `URL` has it. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
