import { describe, expect, it } from 'vitest';
import { safeText } from '../../src/api/text.ts';
import type { Column } from '../../src/commands/reply.ts';
import {
  columnsWith,
  csvColumnsOf,
  subscriptionColumns,
  subscriptionJson,
  subscriptionRow,
} from '../../src/commands/subscription-row.ts';
import { askedFields } from '../../src/model/asked-fields.ts';
import {
  allFields,
  columnFields,
  type Field,
  fieldNamed,
  fieldOf,
  filterFields,
  headerOf,
  isFilterField,
  isOfAllVersions,
  isSortField,
  listedFields,
  namesOf,
  sortFields,
} from '../../src/model/field-names.ts';
import { parseFilter } from '../../src/model/filter-parse.ts';
import { type CachedSubscription, priceKinds } from '../../src/model/subscription.ts';
import { flag, nodeColumns, rowColumns } from '../../src/store/column-layout.ts';
import { kinds } from '../../src/store/node-kinds.ts';
import { type Cache, fill, ids, named, noon, openScratch, page, row } from '../store/rows.ts';
import { everythingRead } from '../store/run-ends.ts';

/** A row with every field set, and one with as few as possible. */
const full: CachedSubscription = {
  ...row({
    id: 'sub-1',
    name: 'Backup 100',
    vendorStatus: safeText('PENDING_EXPIRY'),
    seller: named('sel-1', 'Nordic'),
    reseller: named('res-1', 'Helsinki IT'),
    organization: named('org-1', 'Acme Oy'),
    services: [named('ser-1', 'Mail'), named('ser-2', 'Archive')],
    product: named('pro-1', 'Mail Pro'),
    parentId: 'sub-0',
    isAddon: true,
    isTrial: true,
    quantity: 25,
    billing: safeText('Monthly'),
    term: safeText('OneYear'),
    startsAt: '2026-01-01',
    endsAt: '2026-12-31T23:59:59Z',
    cancellableUntil: '2026-12-01',
    renewal: { mode: 'change', quantity: 5, productId: 'p-2', plan: safeText('YEARLY') },
    prices: priceKinds.map((kind) => ({ kind, amount: `${kind.length}2.00`, currency: safeText(`EU${kind}`) })),
    hasLicenseKey: true,
    externalIds: { engine: 'M1' },
    segment: safeText('Education'),
    surprises: ['odd'],
  }),
  sameAs: ['twin/sub-1'],
  missingSince: new Date(noon).toISOString(),
};
const bare = row({
  id: 'sub-2',
  name: 'Zed',
  status: 'error',
  connection: 'adria',
  readAt: '2026-11-20T11:00:00.000Z',
});

function open(): Cache {
  const cache = openScratch();
  const declared = (name: string) =>
    ({ name, title: name, vendor: 'cloudmore', impliedLevels: [], account: 'one' }) as const;
  cache.declareConnections(['nordic', 'adria', 'twin'].map(declared));
  fill(cache, [full]);
  fill(cache, [bare], {}, 'adria');
  fill(cache, [{ ...full, connection: 'twin', ref: 'twin/sub-1' }], {}, 'twin');
  const unseen = cache.beginRun({ connection: 'nordic', vendor: 'cloudmore', within: null, freshSince: 0 });
  const others = { new: 'missing', missing: 'missing', unlisted: 'left' } as const;
  unseen.finish({ ...everythingRead, removals: { byId: [], others } });
  return cache;
}

const connections = ['nordic', 'adria'];

const filtered = allFields.filter(isFilterField);
const sorted = allFields.filter(isSortField);
const nameOf = (field: Field) => field.id;
const quoted = (text: string) => `"${text.replace(/[\\"]/g, '\\$&')}"`;

function found(cache: Cache, text: string): readonly string[] {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.message}`);
  return ids(cache, { filter: parsed.filter, connections });
}

describe('a declared field', () => {
  it('has unique names, numbers and positions', () => {
    const alone = (values: readonly unknown[]) => expect(values).toHaveLength(new Set(values).size);
    alone(allFields.flatMap((field) => namesOf(field).map((name) => name.toLowerCase())));
    alone(allFields.map(({ menu }) => menu));
    alone(columnFields.map(({ column }) => column.place));
    alone([...Object.values(rowColumns), ...Object.values(nodeColumns)].map(({ key }) => key));
    alone(Object.values(kinds));
    const bits = allFields.flatMap(({ cells }) =>
      cells?.as === 'flag' ? [cells.bit] : cells?.as === 'instant' ? [cells.unreadable] : [],
    );
    alone([...Object.values(flag), ...bits]);
    // The cells of this column are one byte.
    expect([...Object.values(flag), ...bits].reduce((sum, bit) => sum + bit, 0)).toBeLessThan(256);
    const stored = allFields.flatMap((field) => field.stored ?? []).toSorted((one, other) => one - other);
    expect(stored).toEqual(stored.map((_, place) => place));
    // Rows and plan files of earlier versions do not contain them.
    expect(allFields.filter((field) => !isOfAllVersions(field) && !field.nullable)).toEqual([]);
  });

  it('is found by its id, header, JSON name and aliases, in any case', () => {
    for (const field of allFields) {
      for (const name of [field.id, headerOf(field), field.property, ...field.names.aliases]) {
        expect(fieldNamed(name.toUpperCase())?.id).toBe(field.id);
      }
    }
    const same = (...names: readonly string[]) => new Set(names.map((name) => fieldNamed(name)?.id)).size;
    expect(same('qty', 'seats', 'quantity')).toBe(1);
    expect(same('cancel', 'deadline', 'cancellableUntil')).toBe(1);
    expect(same('org', 'organization')).toBe(1);
    expect(fieldNamed('constructor')).toBeNull();
  });

  it.each([
    ['a table', columnFields.map(({ column }) => column.header)],
    ['a list on the command line', listedFields.flatMap(csvColumnsOf).map(({ column }) => column.title)],
    ['CSV', subscriptionColumns.map(({ id }) => id)],
  ])('filters and sorts by every header of %s', (_, headers) => {
    expect(headers.length).toBeGreaterThan(0);
    for (const header of headers) {
      expect(filterFields, header).toContain(fieldNamed(header)?.id);
      expect(sortFields, header).toContain(fieldNamed(header)?.id);
    }
  });

  it.each(filtered.map((field) => [field.id, field] as const))(
    '%s filters by each of its names and values',
    (_, field) => {
      const cache = open();
      const texts = [...field.value.texts(full), ...field.value.ids(full)];
      expect(texts.length).toBeGreaterThan(0);
      for (const name of namesOf(field)) {
        for (const text of texts) expect(found(cache, `${name}=${quoted(text)}`), `${name}=${text}`).toContain('sub-1');
        for (const text of field.value.texts(full)) {
          expect(found(cache, `${name}:${quoted(text)}`), `${name}:${text}`).toContain('sub-1');
          expect(found(cache, `-${name}=${quoted(text)}`), `-${name}=${text}`).not.toContain('sub-1');
        }
        if (field.nullable) expect(found(cache, `-${name}=${quoted(texts[0] ?? '')}`)).toEqual([]);
      }
    },
  );

  it.each(sorted.map((field) => [field.id, field] as const))('%s sorts in both directions, null last', (_, field) => {
    const cache = open();
    const order = (descending: boolean) => ids(cache, { sort: [{ field: field.id, descending }], connections });
    const [up, down] = [order(false), order(true)];
    expect([...up].sort()).toEqual(['sub-1', 'sub-2']);
    if (field.value.texts(bare).length === 0) expect([up[0], down[0]]).toEqual(['sub-1', 'sub-1']);
    else if (field.value.texts(bare)[0] !== field.value.texts(full)[0]) expect(down).toEqual(up.toReversed());
  });

  it('is unchanged in JSON and text in CSV', () => {
    const cached = open().subscription('nordic', 'sub-1');
    if (cached === null) throw new Error('The row is gone.');
    const json = JSON.parse(JSON.stringify(subscriptionJson(cached)));
    const { cells } = subscriptionRow(cached);
    const csv = new Map(subscriptionColumns.map(({ id }, index) => [id, cells[index]]));
    for (const { property, use, value } of allFields) {
      expect(property in json, property).toBe(use.includes('json'));
      if (use.includes('json')) expect(json[property]).toEqual(full[property as keyof CachedSubscription]);
      expect(csv.has(property), property).toBe(use.includes('csv'));
      if (use.includes('csv')) expect(csv.get(property)).toBe(value.cell(cached));
    }
    const ofPrices = priceKinds.flatMap((kind) => [`${kind}Price`, `${kind}Currency`]);
    expect(allFields.filter(({ use }) => !use.includes('json')).map(nameOf)).toEqual([...ofPrices, 'surprises']);
    expect(csvColumnsOf(fieldOf('price')).map(({ column }) => column.id)).toEqual(ofPrices);
    expect(subscriptionColumns.map(({ id }) => id)).toEqual(expect.arrayContaining(ofPrices));
  });

  it('comes back unchanged from the cache and reports changes if it is compared', () => {
    const cache = open();
    expect(cache.subscription('nordic', 'sub-1')).toEqual(full);
    const emptied = row({ id: 'sub-1', status: 'error', readAt: '2026-11-21T11:30:00.000Z' });
    const run = cache.beginRun({ connection: 'nordic', vendor: 'cloudmore', within: null, freshSince: 0 });
    run.keepPage(page([emptied]));
    run.finish(everythingRead);
    const changed = cache.changes({ connection: 'nordic', id: 'sub-1' }).map(({ field }) => field);
    const compared = allFields.filter(({ use }) => use.includes('compare'));
    for (const { property, value } of compared) {
      const names = Object.keys(value.changes ?? { [property]: null });
      expect(
        changed.some((name) => names.includes(name)),
        property,
      ).toBe(true);
    }
  });
});

it('a list in text also has the columns that its filter or sort is about', () => {
  const parsed = parseFilter('cancel<9d status:active starts>=2026');
  const filter = parsed.ok ? parsed.filter : [];
  const hidden = (columns: readonly Column[]) => columns.filter((column) => column.hidden === true).map(({ id }) => id);
  const usual = hidden(subscriptionColumns);
  const shown = hidden(columnsWith(askedFields([{ field: 'term' }], filter)));
  expect(usual.filter((id) => !shown.includes(id)).toSorted()).toEqual(['cancellableUntil', 'startsAt', 'term']);
});
