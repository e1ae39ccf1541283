import { secretsVariablePrefix } from './environment.ts';

/** The valid connection names, without two words that are properties of every JavaScript object. */
export function isConnectionName(text: string): boolean {
  return /^[a-z0-9][a-z0-9_-]*$/.test(text) && text !== 'constructor' && text !== 'prototype';
}

/** The environment variable for a connection's secrets. Two names can share one: `a-b` and `a_b`. */
export function secretsVariable(name: string): string {
  return `${secretsVariablePrefix}${name.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`;
}

/** The connection among `others` that already uses this name's variable, or null. */
export function sharesVariable(name: string, others: readonly string[]): string | null {
  return others.find((other) => other !== name && secretsVariable(other) === secretsVariable(name)) ?? null;
}
