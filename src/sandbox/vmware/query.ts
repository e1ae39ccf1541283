import { assumptions, type Readings } from './assumptions.ts';

/** A search as asked for, checked. */
export interface Query {
  readonly includeInactive: boolean;
  readonly terms: readonly Term[];
  readonly sorter: { readonly key: string; readonly descending: boolean };
}

export interface Term {
  readonly key: string;
  readonly operator: string;
  readonly value: string;
}

export class BadQuery extends Error {}

const defaultSorter = { key: 'SUBSCRIPTION_END_DATE', descending: false };

/** Reads a search body: an absent one, an absent part and an empty list all mean the defaults. Throws BadQuery. */
export function readQuery(body: unknown, readings: Readings): Query {
  if (body === undefined || body === null) return { includeInactive: false, terms: [], sorter: defaultSorter };
  const { filters, sorter } = record(body, 'The request body');
  const terms =
    filters === undefined || filters === null ? [] : list(filters).map((filter) => readTerm(filter, readings));
  return {
    includeInactive: terms.some(({ key, value }) => key === inactiveKey && value === 'true'),
    terms: terms.filter(({ key }) => key !== inactiveKey),
    sorter: sorter === undefined || sorter === null ? defaultSorter : readSorter(record(sorter, 'sorter')),
  };
}

const inactiveKey = 'INCLUDE_INACTIVE_SUBSCRIPTIONS';

function readTerm(filter: unknown, { 'inactive-value': reading }: Readings): Term {
  const { key, operator, value } = record(filter, 'A filter');
  if (!oneOf(assumptions.filterKeys, key)) throw new BadQuery(`Unknown filter key: ${String(key)}`);
  if (!oneOf(assumptions.operators, operator)) throw new BadQuery(`Unknown filter operator: ${String(operator)}`);
  if (key === inactiveKey) {
    const wanted = String(value).toLowerCase();
    if ((reading === 'word' && typeof value !== 'string') || (reading === 'boolean' && typeof value !== 'boolean'))
      throw new BadQuery(`${inactiveKey} takes a ${reading}`);
    if (operator !== 'EQUALS' || (wanted !== 'true' && wanted !== 'false')) {
      throw new BadQuery(`${inactiveKey} takes EQUALS with "true" or "false"`);
    }
    return { key, operator, value: wanted };
  }
  if (typeof value !== 'string') throw new BadQuery(`The value of ${key} must be a string`);
  return { key, operator, value };
}

function readSorter({ key, operator }: Record<string, unknown>): Query['sorter'] {
  if (!oneOf(assumptions.sorterKeys, key)) throw new BadQuery(`Unknown sorter key: ${String(key)}`);
  if (operator !== undefined && operator !== 'ASC' && operator !== 'DESC') {
    throw new BadQuery(`Unknown sorter operator: ${String(operator)}`);
  }
  return { key, descending: operator === 'DESC' };
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): value is Word {
  return words.some((word) => word === value);
}

function record(value: unknown, what: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new BadQuery(`${what} must be an object`);
  return { ...value };
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value)) throw new BadQuery('filters must be a list');
  return value;
}
