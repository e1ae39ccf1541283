import type { Reading } from '../contract.ts';
import { Digits } from '../digits.ts';
import type { CountedWord, Shape, ShapedField } from './report.ts';

/** Which fields some objects have, those of inner objects and of the items of lists included, one level down. */
export function shapeOf(of: string, objects: readonly unknown[]): Shape {
  return { of, count: objects.length, fields: fieldsOf(objects) };
}

export function fieldsOf(objects: readonly unknown[]): readonly ShapedField[] {
  const fields = new Map<string, { present: number; readonly types: Set<string> }>();
  for (const object of objects) {
    const types = new Map<string, Set<string>>();
    collect(object, '', types, 0);
    for (const [name, found] of types) {
      const field = fields.get(name) ?? { present: 0, types: new Set() };
      field.present++;
      for (const type of found) field.types.add(type);
      fields.set(name, field);
    }
  }
  return [...fields].map(([name, { present, types }]) => ({ name, present, types: [...types].sort() }));
}

function collect(value: unknown, prefix: string, into: Map<string, Set<string>>, depth: number): void {
  if (typeof value !== 'object' || value === null || value instanceof Digits || Array.isArray(value)) return;
  for (const [key, inner] of Object.entries(value)) {
    const name = prefix + shownName(key);
    const types = into.get(name) ?? new Set();
    into.set(name, types.add(typeOf(inner)));
    if (depth > 0) continue;
    if (!Array.isArray(inner)) collect(inner, `${name}.`, into, depth + 1);
    else for (const item of inner.slice(0, 20)) collect(item, `${name}[].`, into, depth + 1);
  }
}

/** A name may be a value where an object is used as a table: only what looks like a name is shown. */
function shownName(key: string): string {
  return /^[A-Za-z_$@][A-Za-z_$@-]{0,39}\d{0,2}$/.test(key) ? key : '(another name)';
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Digits) return /^-?\d+$/.test(value.source) ? 'integer' : 'decimal';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'decimal';
  if (typeof value !== 'string') return typeof value;
  if (value === '') return 'empty text';
  if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value)) return 'GUID';
  if (/^\d{4}-\d{2}-\d{2}(?:T|$)/.test(value)) return value.length === 10 ? 'day' : 'instant';
  return /^\d+$/.test(value) ? 'text of digits' : 'text';
}

/** The vendor's words for the status, and how often each was there. */
export function statusWordsOf(readings: readonly Reading[]): readonly CountedWord[] {
  const counts = new Map<string, { count: number; isKnown: boolean }>();
  for (const { subscription } of readings) {
    const { vendorStatus, status } = subscription;
    const word =
      vendorStatus === null ? '(none)' : /^[\p{L} _-]{1,40}$/u.test(vendorStatus) ? vendorStatus : '(another form)';
    const { count } = counts.get(word) ?? { count: 0 };
    counts.set(word, { count: count + 1, isKnown: status !== 'unknown' });
  }
  return [...counts].map(([word, rest]) => ({ word, ...rest })).sort((a, b) => b.count - a.count);
}
