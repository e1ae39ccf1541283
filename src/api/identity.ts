import { formatReference } from '../model/reference.ts';
import type { Reading } from './contract.ts';
import { Digits } from './digits.ts';

/**
 * Ids by the fields that may contain them: `customerId`, or `requestId|id` for the first of two that an answer has.
 * With several ids one match is enough; null or undefined: unknown, so not compared.
 */
export type Ids = Readonly<Record<string, string | readonly string[] | null | undefined>>;

/** The subject of a call, so that an answer to another request is detected. */
export interface ExpectedIds {
  readonly kind: 'object' | 'list';
  /** The answer must contain each of these. */
  readonly names: Ids;
  /** The answer's owner: if it, or a list item, names one of these, it must match. */
  readonly of: Ids;
  /** The same for the items of lists within an object, by the list's field. */
  readonly parts: Readonly<Record<string, Ids>>;
}

/** One object. Without `names`: one that has no id of its own (a renewal, the answer to a write). */
export function oneObject(names: Ids, of: Ids = {}, parts: ExpectedIds['parts'] = {}): ExpectedIds {
  return { kind: 'object', names, of, parts };
}

/** A list, whole or a page of it: bare, or in an object around it. */
export function listOf(of: Ids): ExpectedIds {
  return { kind: 'list', names: {}, of, parts: {} };
}

/** How an answer shows that it is about something else. `found` null: it lacks a required id. */
export interface OtherIdentity {
  readonly field: string;
  readonly found: string | null;
}

/**
 * How an answer differs from the request, or null. Ids are opaque, compared whole, with all digits of numbers. [A]
 * GUIDs are case-insensitive, and the zero GUID means none: lists and details of one vendor write them differently.
 */
export function otherIdentity(answer: unknown, asked: ExpectedIds): OtherIdentity | null {
  const { kind, names, of, parts } = asked;
  for (const [field, id] of Object.entries(names)) {
    if (id === null || id === undefined) continue;
    const found = isObject(answer) ? idsIn(answer, field) : [];
    if (found.length === 0) return { field, found: null };
  }
  return (
    otherIn(answer, { ...of, ...names }, kind === 'list') ??
    firstOf(Object.entries(parts), ([list, ids]) =>
      otherIn(isObject(answer) ? fieldOf(answer, list) : null, ids, false),
    )
  );
}

/** Two spellings of one id. */
export function isSameId(one: string, other: string): boolean {
  return one === other || (guid.test(one) && guid.test(other) && one.toLowerCase() === other.toLowerCase());
}

/** The reading under the requested id, if the vendor spells the same id differently. */
export function underAskedId(reading: Reading, id: string): Reading {
  const { connection } = reading.subscription;
  return { ...reading, subscription: { ...reading.subscription, id, ref: formatReference({ connection, id }) } };
}

const guid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const nobody = '00000000-0000-0000-0000-000000000000';

/** In an object, in the items of an array and, where `within`, in the items of the arrays that an object holds. */
function otherIn(value: unknown, ids: Ids, within: boolean): OtherIdentity | null {
  if (Array.isArray(value)) return firstOf(value, (item) => (isObject(item) ? otherId(item, ids, true) : null));
  if (!isObject(value)) return null;
  const lists = within ? Object.values(value).filter(Array.isArray) : [];
  return otherId(value, ids, false) ?? firstOf(lists, (list) => otherIn(list, ids, false));
}

function otherId(object: object, ids: Ids, isRow: boolean): OtherIdentity | null {
  return firstOf(Object.entries(ids), ([field, wanted]) => {
    if (wanted === null || wanted === undefined) return null;
    const right = typeof wanted === 'string' ? [wanted] : wanted;
    // Lists of a million rows are checked row by row: usually the field has exactly this name.
    if (isRow && Object.hasOwn(object, field) && right.some((one) => one === Reflect.get(object, field))) return null;
    const found = idsIn(object, field).find((id) => !right.some((one) => isSameId(id, one)));
    return found === undefined ? null : { field, found };
  });
}

/** All values that an object has for a field, ignoring case; `{account: {id}}` names an `accountId`. */
function idsIn(object: object, field: string): readonly string[] {
  for (const name of field.split('|')) {
    const direct = valuesOf(object, name);
    const around = name.endsWith('Id') ? valuesOf(object, name.slice(0, -2)).filter(isObject) : [];
    const ids = [...direct, ...around.flatMap((inner) => valuesOf(inner, 'id'))].flatMap(idOf);
    if (ids.length > 0) return ids;
  }
  return [];
}

function idOf(value: unknown): readonly string[] {
  if (value === null || value === undefined || value === '' || value === nobody) return [];
  const isId = typeof value === 'string' || typeof value === 'number' || value instanceof Digits;
  // Whatever else stands there is no id that was asked for.
  return [isId ? String(value) : `(${Array.isArray(value) ? 'a list' : typeof value})`];
}

function valuesOf(object: object, name: string): readonly unknown[] {
  const wanted = name.toLowerCase();
  return Object.entries(object).flatMap(([key, value]) => (key.toLowerCase() === wanted ? [value] : []));
}

function fieldOf(object: object, name: string): unknown {
  return valuesOf(object, name)[0];
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Digits);
}

function firstOf<Item, Found>(items: Iterable<Item>, find: (item: Item) => Found | null): Found | null {
  for (const item of items) {
    const found = find(item);
    if (found !== null) return found;
  }
  return null;
}
