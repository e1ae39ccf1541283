import type { SettingDeclaration } from './settings.ts';

/** What is wrong with a connection's settings, each naming the setting it is about. */
export interface ValueMistake {
  readonly name: string;
  readonly message: string;
}

/** Every vendor takes this one beside its own (contract §5). */
export const titleDeclaration: SettingDeclaration = {
  name: 'title',
  help: 'what the connection is called on screen',
  required: false,
  secret: false,
  kind: 'text',
};

/** Every vendor takes this secret in place of its others (contract §5). */
export const accessTokenDeclaration: SettingDeclaration = {
  name: 'accessToken',
  help: 'a bearer token obtained elsewhere, used as it is and never renewed, in place of the other secrets',
  required: false,
  secret: true,
  kind: 'text',
};

/** The vendor's declarations, with the two that all vendors share. */
export function allDeclarations(declared: readonly SettingDeclaration[]): readonly SettingDeclaration[] {
  const shared = [titleDeclaration, accessTokenDeclaration];
  return [...declared, ...shared.filter(({ name }) => !declared.some((own) => own.name === name))];
}

/** Checks values that are there; what is missing is another question. */
export function mistakesIn(
  values: Readonly<Record<string, string>>,
  declared: readonly SettingDeclaration[],
): readonly ValueMistake[] {
  return Object.entries(values).flatMap(([name, value]) => {
    const declaration = declared.find((one) => one.name === name);
    const message = declaration ? mistakeIn(value, declaration) : unknownName(declared);
    return message === null ? [] : [{ name, message }];
  });
}

/** Settings (or secrets) the vendor needs here and nobody gave. */
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

function unknownName(declared: readonly SettingDeclaration[]): string {
  const names = declared.filter(({ secret }) => !secret).map(({ name }) => name);
  return `is no setting of this vendor; it takes ${names.join(', ')}`;
}

function mistakeIn(value: string, { secret, choices, kind }: SettingDeclaration): string | null {
  if (secret) return 'is a secret: it goes into the keychain or the environment, never into settings';
  if (/[\p{Cc}\u2028\u2029]/u.test(value)) return 'holds a control character';
  if (choices && !choices.includes(value)) return `must be one of ${choices.join(', ')}`;
  return kind === 'url' ? mistakeInAddress(value) : null;
}

function mistakeInAddress(value: string): string | null {
  const address = URL.parse(value);
  if (!address) return 'must be an address like https://example.com';
  if (address.username || address.password) return 'must not hold a user or a password';
  if (address.protocol === 'https:') return null;
  if (address.protocol !== 'http:') return 'must begin with https://';
  return isLoopback(address.hostname) ? null : 'must begin with https:// (http:// is for this machine only)';
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127(\.\d{1,3}){3}$/.test(host);
}
