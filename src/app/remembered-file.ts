import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { RememberedFile } from '../commands/context.ts';
import type { Clock } from '../model/clock.ts';
import { levels } from '../model/vendor.ts';
import { type FilterKind, filterKinds } from '../state/screen-filter.ts';
import type { Remembered } from '../state/table-layout.ts';
import { type TableName, tableColumns } from '../state/tables.ts';
import { foreignness } from '../system/ownership.ts';
import { changeFile } from './change-file.ts';

// Loose: what another version adds stays.
const sort = v.optional(v.array(v.looseObject({ field: v.string(), descending: v.boolean() })), []);
const columns = v.optional(v.nullable(v.array(v.string())), null);
const look = v.looseObject({ columns, sort });
const crumb = v.looseObject({
  pin: v.looseObject({ level: v.picklist(levels), connection: v.string(), id: v.nullable(v.string()) }),
  name: v.string(),
  implied: v.boolean(),
});
const view = v.looseObject({ name: v.string(), trail: v.array(crumb), filter: v.string(), columns, sort });
const content = v.record(v.string(), v.unknown());
const texts = v.array(v.string());

/** What a file holds: what this version can read, and the rest as it stands there. */
interface Content {
  readonly known: Remembered;
  readonly rest: {
    readonly whole: Readonly<Record<string, unknown>>;
    readonly looks: Readonly<Record<string, unknown>>;
    readonly views: readonly unknown[];
    readonly filters: Readonly<Record<string, unknown>>;
  };
}

/** The console's saved state, as JSON at `path`, readable by this user only. What another version wrote there stays. */
export function rememberedFile(path: string, clock: Clock): RememberedFile {
  const read = () => contentOf(textOf(path));
  return {
    read: () => read().known,
    unread: () => {
      const { whole, looks, views } = read().rest;
      return [...Object.keys(whole), ...Object.keys(looks), ...views.map(nameOf)];
    },
    change: (how) => changeFile(path, (text) => changed(contentOf(text), how), clock),
  };
}

function changed({ known, rest }: Content, how: (kept: Remembered) => Remembered): string {
  const { looks, views, filters, ...others } = how(known);
  const used = { ...rest.filters, ...filters };
  const all = {
    ...rest.whole,
    looks: { ...rest.looks, ...looks },
    views: [...views, ...rest.views],
    ...others,
    ...(Object.keys(used).length === 0 ? {} : { filters: used }),
  };
  return `${JSON.stringify(all, null, 2)}\n`;
}

function contentOf(text: string | null): Content {
  const { looks, views, recent: words, filters: used, ...whole } = parsed(content, jsonIn(text)) ?? {};
  const tables = Object.entries(parsed(content, looks) ?? {}).map(([name, each]) => {
    return { name, each, known: isTable(name) ? parsed(look, each) : null };
  });
  const filters = Object.entries(parsed(content, used) ?? {}).map(([kind, each]) => {
    return { kind, each, known: isFilterKind(kind) ? parsed(texts, each) : null };
  });
  const all = (Array.isArray(views) ? views : []).map((each: unknown) => ({ each, known: parsed(view, each) }));
  return {
    known: {
      looks: Object.fromEntries(tables.flatMap(({ name, known }) => (known === null ? [] : [[name, known]]))),
      views: all.flatMap(({ known }) => known ?? []),
      recent: parsed(texts, words) ?? [],
      filters: Object.fromEntries(filters.flatMap(({ kind, known }) => (known === null ? [] : [[kind, known]]))),
    },
    rest: {
      whole,
      looks: Object.fromEntries(tables.flatMap(({ name, each, known }) => (known === null ? [[name, each]] : []))),
      views: all.flatMap(({ each, known }) => (known === null ? [each] : [])),
      filters: Object.fromEntries(filters.flatMap(({ kind, each, known }) => (known === null ? [[kind, each]] : []))),
    },
  };
}

function textOf(path: string): string | null {
  try {
    return foreignness(path) === null ? readFileSync(path, 'utf8') : null;
  } catch {
    return null;
  }
}

function jsonIn(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '{}');
  } catch {
    return null;
  }
}

function parsed<Shape extends v.GenericSchema>(shape: Shape, value: unknown): v.InferOutput<Shape> | null {
  const { success, output } = v.safeParse(shape, value);
  return success ? output : null;
}

function isTable(name: string): name is TableName {
  return Object.hasOwn(tableColumns, name);
}

function isFilterKind(name: string): name is FilterKind {
  return filterKinds.some((kind) => kind === name);
}

/** What an entry that cannot be read calls itself. */
function nameOf(entry: unknown): string {
  const name = parsed(v.looseObject({ name: v.string() }), entry)?.name;
  return name ?? 'a view without a name';
}
