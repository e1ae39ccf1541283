import { endOfString } from '../model/json-depth.ts';
import type { Json } from '../model/text.ts';

/** The position of a value in a JSON text, from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export type ParsedJson =
  | { readonly kind: 'parsed'; readonly value: Json; placeOf(path: readonly (string | number)[]): TextPlace }
  | { readonly kind: 'broken'; readonly message: string; readonly place: TextPlace };

const space = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const word = /true|false|null/y;
const deepest = 64;

/** Where a value stands, its key where it has one, and the values in it. */
interface Place {
  readonly offset: number;
  readonly inner: Map<string | number, Place>;
}

/** A strict RFC 8259 parser that records the position of every value, so that errors can be located. */
export function parseJson(text: string): ParsedJson {
  let at = text.startsWith('\ufeff') ? 1 : 0;

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    at += found?.length ?? 0;
    return found;
  };
  /** By hand: a repetition of groups needs a stack as deep as the text is long. */
  const takeString = (): string | null => {
    if (text[at] !== '"') return null;
    const quoted = text.slice(at, endOfString(text, at) + 1);
    if (!isJson(quoted)) return null;
    at += quoted.length;
    return quoted;
  };
  const expect = (character: string): void => {
    take(space);
    if (text[at] !== character) throw new Broken(`expected ${character}`, at);
    at += 1;
  };
  const next = (character: string): boolean => {
    take(space);
    if (text[at] !== character) return false;
    at += 1;
    return true;
  };

  const value = (place: Place, depth: number): Json => {
    take(space);
    if (depth > deepest) throw new Broken('nested too deeply', at);
    if (next('{')) return object(place, depth);
    if (next('[')) return list(place, depth);
    const scalar = takeString() ?? take(number) ?? take(word);
    if (scalar === null) throw new Broken(at >= text.length ? 'the file ends unexpectedly' : 'this is not JSON', at);
    return JSON.parse(scalar);
  };
  const object = ({ inner }: Place, depth: number): Json => {
    const entries: [string, Json][] = [];
    if (next('}')) return {};
    do {
      take(space);
      const keyAt = at;
      const key = takeString();
      if (key === null) throw new Broken('expected a key in double quotes', at);
      const name: string = JSON.parse(key);
      if (inner.has(name)) throw new Broken(`the key ${key} appears twice`, keyAt);
      expect(':');
      const place = { offset: keyAt, inner: new Map() };
      inner.set(name, place);
      entries.push([name, value(place, depth + 1)]);
    } while (next(','));
    expect('}');
    return Object.fromEntries(entries);
  };
  const list = ({ inner }: Place, depth: number): Json => {
    const items: Json[] = [];
    if (next(']')) return items;
    do {
      take(space);
      const place = { offset: at, inner: new Map() };
      inner.set(items.length, place);
      items.push(value(place, depth + 1));
    } while (next(','));
    expect(']');
    return items;
  };

  try {
    take(space);
    const top: Place = { offset: at, inner: new Map() };
    const parsed = value(top, 0);
    take(space);
    if (at < text.length) throw new Broken('there is text after the closing brace', at);
    return { kind: 'parsed', value: parsed, placeOf: (path) => placeAt(text, nearest(top, path)) };
  } catch (error) {
    if (error instanceof Broken) return { kind: 'broken', message: error.message, place: placeAt(text, error.offset) };
    throw error;
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

class Broken extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A missing key has no position: its parent's is the nearest. */
function nearest(top: Place, path: readonly (string | number)[]): number {
  let place = top;
  for (const key of path) {
    const inner = place.inner.get(key);
    if (inner === undefined) break;
    place = inner;
  }
  return place.offset;
}

function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
