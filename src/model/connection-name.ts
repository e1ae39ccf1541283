/** What a connection may be called (contract §5). Two words are left out that every JavaScript object already holds. */
export function isConnectionName(text: string): boolean {
  return /^[a-z0-9][a-z0-9_-]*$/.test(text) && text !== 'constructor' && text !== 'prototype';
}

/** The environment variable that may hold a connection's secrets. Two names can share one: `a-b` and `a_b`. */
export function secretsVariable(name: string): string {
  return `SUBDECK_SECRETS_${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/** The connection among `others` that already uses this name's variable, or null. */
export function sharesVariable(name: string, others: readonly string[]): string | null {
  return others.find((other) => other !== name && secretsVariable(other) === secretsVariable(name)) ?? null;
}
