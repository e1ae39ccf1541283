import type { Json } from '../model/text.ts';

/** Where a value stands in a JSON text, from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

export type ParsedJson =
  | { readonly kind: 'parsed'; readonly value: Json; placeOf(path: readonly (string | number)[]): TextPlace }
  | { readonly kind: 'broken'; readonly message: string; readonly place: TextPlace };

const space = /[ \t\r\n]*/y;
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const string = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y;
const word = /true|false|null/y;
const deepest = 64;

/** JSON exactly as RFC 8259 has it, with the place of every value, so that a mistake can be named where it stands. */
export function parseJson(text: string): ParsedJson {
  const offsets = new Map<string, number>();
  let at = text.startsWith('\ufeff') ? 1 : 0;

  const take = (pattern: RegExp): string | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0] ?? null;
    at += found?.length ?? 0;
    return found;
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

  const value = (path: readonly (string | number)[]): Json => {
    take(space);
    if (path.length > deepest) throw new Broken('nested too deeply', at);
    if (!offsets.has(JSON.stringify(path))) offsets.set(JSON.stringify(path), at);
    if (next('{')) return object(path);
    if (next('[')) return list(path);
    const scalar = take(string) ?? take(number) ?? take(word);
    if (scalar === null) throw new Broken(at >= text.length ? 'the file ends too early' : 'this is not JSON', at);
    return JSON.parse(scalar);
  };
  const object = (path: readonly (string | number)[]): Json => {
    const entries: [string, Json][] = [];
    if (next('}')) return {};
    do {
      take(space);
      const keyAt = at;
      const key = take(string);
      if (key === null) throw new Broken('expected a key in double quotes', at);
      const name: string = JSON.parse(key);
      if (entries.some(([known]) => known === name)) throw new Broken(`the key ${key} stands here twice`, keyAt);
      expect(':');
      offsets.set(JSON.stringify([...path, name]), keyAt);
      entries.push([name, value([...path, name])]);
    } while (next(','));
    expect('}');
    return Object.fromEntries(entries);
  };
  const list = (path: readonly (string | number)[]): Json => {
    const items: Json[] = [];
    if (next(']')) return items;
    do items.push(value([...path, items.length]));
    while (next(','));
    expect(']');
    return items;
  };

  try {
    const parsed = value([]);
    take(space);
    if (at < text.length) throw new Broken('nothing may follow the closing brace', at);
    return { kind: 'parsed', value: parsed, placeOf: (path) => placeAt(text, nearest(offsets, path)) };
  } catch (error) {
    if (error instanceof Broken) return { kind: 'broken', message: error.message, place: placeAt(text, error.offset) };
    throw error;
  }
}

class Broken extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** A missing key has no place of its own: its parent's is the nearest. */
function nearest(offsets: ReadonlyMap<string, number>, path: readonly (string | number)[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const offset = offsets.get(JSON.stringify(path.slice(0, length)));
    if (offset !== undefined) return offset;
  }
  return offsets.get('[]') ?? 0;
}

function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
