import * as value from './field-value.ts';
import { priceFields } from './price-fields.ts';
import { type CachedSubscription, renewalModes, statuses } from './subscription.ts';

/**
 * Every field of a subscription, declared once, in the order of JSON and CSV. Tables, the column chooser, the menus of
 * sort orders and values, the filter language, JSON, CSV, change detection and the cache are derived from it:
 * CONTRIBUTING.md says how to add one.
 */
export interface FieldDeclaration<Property extends keyof CachedSubscription | value.PriceFieldName> {
  readonly names: {
    /** In filters, sort orders and saved settings. */
    readonly id: string;
    /** Also accepted, like the column's header and the name in JSON and CSV. */
    readonly aliases: readonly string[];
    /** In menus and sentences. */
    readonly label: string;
    /** Its label where one subscription is shown. */
    readonly title: string;
  };
  readonly value: value.FieldValue;
  /** A vendor's map may omit it; then it is null. */
  readonly nullable: Property extends keyof CachedSubscription
    ? null extends CachedSubscription[Property]
      ? true
      : false
    : true;
  readonly use: readonly FieldUse[];
  /** Its position in menus and lists of names, ascending. */
  readonly menu: number;
  /** Null: not in any table of the console. */
  readonly column: FieldColumn | null;
  /**
   * Its place among the columns that a list on the command line shows, from the lowest up: they are the first of CSV. Null: only
   * CSV has it, behind them.
   */
  readonly listed: number | null;
  /** Its place where one subscription is shown whole, from the lowest up; null: another line, or the place itself, tells of it. */
  readonly lines: { readonly words: number | null; readonly overview: OverviewPlace | null };
  /**
   * Its position in the stored text of a row; a new field gets the next one, and positions are never reused; null: not
   * in the text.
   */
  readonly stored: number | null;
  /** By what a million rows are filtered and sorted at once; null: nothing is filtered by it. */
  readonly cells: FieldCells | null;
}

/**
 * All versions store the fields before this position; rows and plan files of earlier versions may lack those from it
 * on.
 */
export const firstLaterPlace = 22;

/**
 * `group`: rows share its values, so that filtering by one is useful. `word`: a bare word of a filter searches it,
 * besides names and ids. `compare`: a different value is a change between syncs. `plan`: a difference invalidates a
 * plan. `unlisted sort`: accepted as a sort order, and not offered, since another field says the same in words that all vendors share.
 */
export type FieldUse = 'filter' | 'sort' | 'unlisted sort' | 'group' | 'word' | 'compare' | 'plan' | 'csv' | 'json';

/** In the console: what people ask first, or what it is called where. */
export interface OverviewPlace {
  readonly part: 'main' | 'identity';
  readonly place: number;
}

export interface FieldColumn {
  /** Its position among the columns, ascending. */
  readonly place: number;
  readonly header: string;
  /** Shown by default. */
  readonly standard: boolean;
  /** Columns are dropped from the highest rank down when the terminal narrows; rank 0 never is. */
  readonly rank: number;
  /** Widths in cells: the minimum, a good width, the share of the remaining room, and the maximum. */
  readonly size: { readonly min: number; readonly good?: number; readonly grow?: number; readonly max?: number };
}

/** Its place among the cells that a console loads before anybody asks, from the lowest up; null: they are loaded when asked for. */
interface Loaded {
  readonly load: number | null;
}

/** `column` and `texts` are numbers under which the cache stores cells and shared texts; they are never reused. */
export type FieldCells =
  /** A text that many rows share. */
  | (Loaded & { readonly as: 'shared'; readonly column: number; readonly texts: number })
  /** The same of one kind of price. */
  | (Loaded & { readonly as: 'currency'; readonly column: number; readonly texts: number })
  /** A name and an id that rows of one connection share. */
  | (Loaded & { readonly as: 'node'; readonly column: number; readonly texts: number })
  | (Loaded & { readonly as: 'services'; readonly column: number })
  /** One of a closed list, in the order of that list. */
  | (Loaded & { readonly as: 'word'; readonly column: number; readonly words: readonly string[] })
  | (Loaded & { readonly as: 'number'; readonly column: number })
  /** Of a price. */
  | (Loaded & { readonly as: 'amount'; readonly column: number })
  /** `unreadable`: the bit of the column `flags` that says that there is a text, and that it is no date. */
  | (Loaded & { readonly as: 'instant'; readonly column: number; readonly unreadable: number })
  /** A row's read time: rewritten by each read, also of unchanged rows. */
  | { readonly as: 'reading'; readonly column: number }
  /** A bit of the column `flags`. */
  | { readonly as: 'flag'; readonly bit: number }
  | (Loaded & { readonly as: 'connection'; readonly of: 'name' })
  | { readonly as: 'connection'; readonly of: 'vendor' }
  /** Texts unique to each row, in a maintained order; `line` of the searchable text. */
  | { readonly as: 'ranked'; readonly order: 'names' | 'ids'; readonly line: 0 | 1 }
  /** By the connection, then by the id. */
  | { readonly as: 'reference' }
  /** The same subscription through other connections: it follows from which rows there are. */
  | { readonly as: 'other connections' }
  /** Several ids of a row, which have no order: looked up in the index of what is searched. */
  | { readonly as: 'searched' };

export const fields = {
  ref: {
    names: { id: 'ref', aliases: [], label: 'reference', title: 'Ref' },
    value: value.text((row) => row.ref),
    nullable: false,
    use: ['filter', 'sort', 'csv', 'json'],
    menu: 190,
    column: null,
    listed: 70,
    lines: { words: 200, overview: null },
    stored: null,
    cells: { as: 'reference' },
  },
  connection: {
    names: { id: 'connection', aliases: [], label: 'connection', title: 'Connection' },
    value: value.text((row) => row.connection),
    nullable: false,
    use: ['filter', 'sort', 'group', 'word', 'csv', 'json'],
    menu: 150,
    column: { place: 20, header: 'CONNECTION', standard: true, rank: 7, size: { min: 12, grow: 1, max: 20 } },
    listed: null,
    lines: { words: null, overview: { part: 'identity', place: 40 } },
    stored: null,
    cells: { as: 'connection', of: 'name', load: 10 },
  },
  vendor: {
    names: { id: 'vendor', aliases: [], label: 'vendor', title: 'Vendor' },
    value: value.text((row) => row.vendor),
    nullable: false,
    use: ['filter', 'sort', 'group', 'word', 'csv', 'json'],
    menu: 160,
    column: { place: 140, header: 'VENDOR', standard: false, rank: 8, size: { min: 12 } },
    listed: null,
    lines: { words: null, overview: null },
    stored: null,
    cells: { as: 'connection', of: 'vendor' },
  },
  id: {
    names: { id: 'id', aliases: [], label: 'id', title: 'Id' },
    value: value.text((row) => row.id),
    nullable: false,
    use: ['filter', 'sort', 'csv', 'json'],
    menu: 170,
    column: { place: 170, header: 'ID', standard: false, rank: 8, size: { min: 14, grow: 1, max: 38 } },
    listed: null,
    lines: { words: null, overview: { part: 'identity', place: 10 } },
    stored: null,
    cells: { as: 'ranked', order: 'ids', line: 1 },
  },
  name: {
    names: { id: 'name', aliases: [], label: 'name', title: 'Name' },
    value: value.text((row) => row.name),
    nullable: false,
    use: ['filter', 'sort', 'group', 'compare', 'plan', 'csv', 'json'],
    menu: 10,
    column: { place: 0, header: 'NAME', standard: true, rank: 0, size: { min: 16, good: 25, grow: 3, max: 56 } },
    listed: 10,
    lines: { words: 10, overview: null },
    stored: 0,
    cells: { as: 'ranked', order: 'names', line: 0 },
  },
  status: {
    names: { id: 'status', aliases: [], label: 'status', title: 'Status' },
    value: value.word((row) => row.status),
    nullable: false,
    use: ['filter', 'sort', 'group', 'word', 'compare', 'plan', 'csv', 'json'],
    menu: 20,
    column: { place: 40, header: 'STATUS', standard: true, rank: 1, size: { min: 11 } },
    listed: 20,
    lines: { words: 20, overview: { part: 'main', place: 10 } },
    stored: 1,
    cells: { as: 'word', column: 7, words: statuses, load: 70 },
  },
  vendorStatus: {
    names: { id: 'vendorStatus', aliases: [], label: 'vendor’s status', title: 'Vendor’s status' },
    value: value.text((row) => row.vendorStatus),
    nullable: true,
    use: ['filter', 'sort', 'unlisted sort', 'compare', 'csv', 'json'],
    menu: 220,
    column: null,
    listed: null,
    lines: { words: null, overview: null },
    stored: 2,
    cells: { as: 'shared', column: 23, texts: 23, load: null },
  },
  seller: {
    names: { id: 'seller', aliases: [], label: 'seller', title: 'Seller' },
    value: value.named((row) => row.seller),
    nullable: true,
    use: ['filter', 'sort', 'compare', 'plan', 'csv', 'json'],
    menu: 136,
    column: { place: 150, header: 'SELLER', standard: false, rank: 8, size: { min: 14, grow: 1, max: 28 } },
    listed: null,
    lines: { words: 60, overview: null },
    stored: 3,
    cells: { as: 'node', column: 2, texts: 1, load: 20 },
  },
  reseller: {
    names: { id: 'reseller', aliases: [], label: 'reseller', title: 'Reseller' },
    value: value.named((row) => row.reseller),
    nullable: true,
    use: ['filter', 'sort', 'group', 'compare', 'plan', 'csv', 'json'],
    menu: 140,
    column: { place: 160, header: 'RESELLER', standard: false, rank: 8, size: { min: 14, grow: 1, max: 28 } },
    listed: null,
    lines: { words: 50, overview: null },
    stored: 4,
    cells: { as: 'node', column: 3, texts: 2, load: 30 },
  },
  organization: {
    names: { id: 'org', aliases: [], label: 'organization', title: 'Organization' },
    value: value.named((row) => row.organization),
    nullable: true,
    use: ['filter', 'sort', 'group', 'compare', 'plan', 'csv', 'json'],
    menu: 30,
    column: {
      place: 10,
      header: 'ORGANIZATION',
      standard: true,
      rank: 3,
      size: { min: 14, good: 18, grow: 2, max: 36 },
    },
    listed: 40,
    lines: { words: 40, overview: { part: 'main', place: 40 } },
    stored: 5,
    cells: { as: 'node', column: 4, texts: 3, load: 40 },
  },
  services: {
    names: { id: 'service', aliases: [], label: 'service', title: 'Service' },
    value: value.manyNamed((row) => row.services),
    nullable: false,
    use: ['filter', 'sort', 'group', 'compare', 'plan', 'csv', 'json'],
    menu: 40,
    column: { place: 30, header: 'SERVICE', standard: true, rank: 5, size: { min: 12, grow: 2, max: 28 } },
    listed: 50,
    lines: { words: 70, overview: { part: 'main', place: 30 } },
    stored: 6,
    cells: { as: 'services', column: 5, load: 50 },
  },
  product: {
    names: { id: 'product', aliases: [], label: 'product', title: 'Product' },
    value: value.named((row) => row.product),
    nullable: true,
    use: ['filter', 'sort', 'group', 'compare', 'plan', 'csv', 'json'],
    menu: 50,
    column: { place: 80, header: 'PRODUCT', standard: false, rank: 6, size: { min: 16, grow: 2, max: 36 } },
    listed: null,
    lines: { words: 80, overview: { part: 'main', place: 20 } },
    stored: 7,
    cells: { as: 'node', column: 6, texts: 5, load: 60 },
  },
  parentId: {
    names: { id: 'parentId', aliases: [], label: 'add-on of', title: 'Add-on of' },
    value: value.text((row) => row.parentId),
    nullable: true,
    use: ['filter', 'sort', 'compare', 'csv', 'json'],
    menu: 230,
    column: null,
    listed: null,
    lines: { words: 170, overview: { part: 'identity', place: 20 } },
    stored: 8,
    cells: { as: 'shared', column: 24, texts: 24, load: null },
  },
  isAddon: {
    names: { id: 'isAddon', aliases: [], label: 'add-on', title: 'Add-on' },
    value: value.toggle((row) => row.isAddon, 'isAddon'),
    nullable: false,
    use: ['filter', 'sort', 'csv', 'json'],
    menu: 210,
    column: null,
    listed: null,
    lines: { words: null, overview: null },
    stored: 9,
    cells: { as: 'flag', bit: 2 },
  },
  isTrial: {
    names: { id: 'isTrial', aliases: [], label: 'trial', title: 'Trial' },
    value: value.toggle((row) => row.isTrial, 'isTrial'),
    nullable: false,
    use: ['filter', 'sort', 'compare', 'csv', 'json'],
    menu: 200,
    column: null,
    listed: null,
    lines: { words: 160, overview: { part: 'identity', place: 30 } },
    stored: 10,
    cells: { as: 'flag', bit: 1 },
  },
  quantity: {
    names: { id: 'qty', aliases: [], label: 'seats', title: 'Quantity' },
    value: value.count((row) => row.quantity),
    nullable: true,
    use: ['filter', 'sort', 'group', 'compare', 'plan', 'csv', 'json'],
    menu: 60,
    column: { place: 50, header: 'SEATS', standard: true, rank: 1, size: { min: 7 } },
    listed: 30,
    lines: { words: 30, overview: { part: 'main', place: 70 } },
    stored: 11,
    cells: { as: 'number', column: 12, load: 80 },
  },
  billing: {
    names: { id: 'billing', aliases: [], label: 'billing', title: 'Billing' },
    value: value.text((row) => row.billing),
    nullable: true,
    use: ['filter', 'sort', 'group', 'word', 'compare', 'plan', 'csv', 'json'],
    menu: 110,
    column: { place: 110, header: 'BILLING', standard: false, rank: 6, size: { min: 10 } },
    listed: null,
    lines: { words: 90, overview: { part: 'main', place: 90 } },
    stored: 12,
    cells: { as: 'shared', column: 10, texts: 6, load: 130 },
  },
  term: {
    names: { id: 'term', aliases: [], label: 'term', title: 'Term' },
    value: value.text((row) => row.term),
    nullable: true,
    use: ['filter', 'sort', 'group', 'word', 'compare', 'plan', 'csv', 'json'],
    menu: 120,
    column: { place: 120, header: 'TERM', standard: false, rank: 6, size: { min: 10 } },
    listed: null,
    lines: { words: 100, overview: null },
    stored: 13,
    cells: { as: 'shared', column: 11, texts: 7, load: 140 },
  },
  startsAt: {
    names: { id: 'starts', aliases: [], label: 'start date', title: 'Starts' },
    value: value.begin((row) => row.startsAt),
    nullable: true,
    use: ['filter', 'sort', 'group', 'compare', 'plan', 'csv', 'json'],
    menu: 90,
    column: { place: 130, header: 'STARTED', standard: false, rank: 6, size: { min: 11 } },
    listed: null,
    lines: { words: 110, overview: { part: 'main', place: 100 } },
    stored: 14,
    cells: { as: 'instant', column: 14, unreadable: 8, load: 110 },
  },
  endsAt: {
    names: { id: 'ends', aliases: [], label: 'end date', title: 'Ends' },
    value: value.end((row) => row.endsAt),
    nullable: true,
    use: ['filter', 'sort', 'group', 'compare', 'plan', 'csv', 'json'],
    menu: 70,
    column: { place: 60, header: 'ENDS', standard: true, rank: 2, size: { min: 11 } },
    listed: 60,
    lines: { words: 120, overview: { part: 'main', place: 110 } },
    stored: 15,
    cells: { as: 'instant', column: 13, unreadable: 16, load: 90 },
  },
  cancellableUntil: {
    names: { id: 'cancel', aliases: [], label: 'cancellation deadline', title: 'Can be cancelled until' },
    value: value.end((row) => row.cancellableUntil),
    nullable: true,
    use: ['filter', 'sort', 'compare', 'plan', 'csv', 'json'],
    menu: 80,
    column: { place: 70, header: 'DEADLINE', standard: true, rank: 4, size: { min: 15, good: 20, grow: 4, max: 56 } },
    listed: null,
    lines: { words: 130, overview: { part: 'main', place: 120 } },
    stored: 16,
    cells: { as: 'instant', column: 15, unreadable: 32, load: 100 },
  },
  renewal: {
    names: { id: 'renewal', aliases: [], label: 'renewal', title: 'Renewal' },
    value: value.renewal((row) => row.renewal),
    nullable: true,
    use: ['filter', 'sort', 'group', 'word', 'compare', 'plan', 'csv', 'json'],
    menu: 100,
    column: { place: 100, header: 'RENEWAL', standard: false, rank: 6, size: { min: 12 } },
    listed: null,
    lines: { words: 140, overview: { part: 'main', place: 50 } },
    stored: 17,
    cells: { as: 'word', column: 8, words: renewalModes, load: 120 },
  },
  prices: {
    names: { id: 'price', aliases: [], label: 'price', title: 'Price' },
    value: value.prices,
    nullable: false,
    use: ['filter', 'sort', 'group', 'compare', 'plan', 'json'],
    menu: 130,
    column: { place: 90, header: 'PRICE', standard: false, rank: 6, size: { min: 16 } },
    listed: null,
    lines: { words: 150, overview: { part: 'main', place: 80 } },
    stored: 18,
    cells: { as: 'amount', column: 16, load: null },
  },
  ...priceFields,
  sameAs: {
    names: { id: 'sameAs', aliases: [], label: 'same as', title: 'Same as' },
    value: value.list((row) => row.sameAs ?? []),
    nullable: false,
    use: ['filter', 'sort', 'csv', 'json'],
    menu: 250,
    column: null,
    listed: null,
    lines: { words: 210, overview: { part: 'identity', place: 50 } },
    stored: null,
    cells: { as: 'other connections' },
  },
  hasLicenseKey: {
    names: { id: 'hasLicenseKey', aliases: [], label: 'licence key', title: 'Licence key' },
    value: value.toggle((row) => row.hasLicenseKey, 'hasLicenseKey'),
    nullable: false,
    use: ['filter', 'sort', 'compare', 'csv', 'json'],
    menu: 240,
    column: null,
    listed: null,
    lines: { words: 180, overview: { part: 'main', place: 60 } },
    stored: 19,
    cells: { as: 'flag', bit: 64 },
  },
  externalIds: {
    names: { id: 'externalIds', aliases: [], label: 'other ids', title: 'Other ids' },
    value: value.list((row) => Object.values(row.externalIds)),
    nullable: false,
    use: ['filter', 'json'],
    menu: 260,
    column: null,
    listed: null,
    lines: { words: 220, overview: { part: 'identity', place: 70 } },
    stored: 20,
    cells: { as: 'searched' },
  },
  segment: {
    names: { id: 'segment', aliases: [], label: 'segment', title: 'Segment' },
    value: value.text((row) => row.segment),
    nullable: true,
    use: ['filter', 'sort', 'group', 'word', 'compare', 'plan', 'csv', 'json'],
    menu: 125,
    column: { place: 125, header: 'SEGMENT', standard: false, rank: 6, size: { min: 12 } },
    listed: null,
    lines: { words: 190, overview: { part: 'main', place: 130 } },
    stored: 22,
    cells: { as: 'shared', column: 22, texts: 22, load: null },
  },
  missingSince: {
    names: { id: 'missing', aliases: [], label: 'missing since', title: 'Missing since' },
    value: value.begin((row) => row.missingSince ?? null),
    nullable: true,
    use: ['filter', 'sort', 'csv', 'json'],
    menu: 185,
    column: null,
    listed: null,
    lines: { words: 225, overview: { part: 'main', place: 140 } },
    stored: null,
    cells: { as: 'reading', column: 25 },
  },
  readAt: {
    names: { id: 'read', aliases: [], label: 'last read', title: 'Read' },
    value: value.begin((row) => row.readAt),
    nullable: false,
    use: ['filter', 'sort', 'csv', 'json'],
    menu: 180,
    column: { place: 180, header: 'READ', standard: false, rank: 8, size: { min: 11 } },
    listed: null,
    lines: { words: 230, overview: { part: 'identity', place: 60 } },
    stored: null,
    cells: { as: 'reading', column: 20 },
  },
  surprises: {
    names: { id: 'surprises', aliases: [], label: 'odd', title: 'Odd' },
    value: value.list((row) => row.surprises),
    nullable: false,
    use: [],
    menu: 270,
    column: null,
    listed: null,
    lines: { words: 240, overview: null },
    stored: 21,
    cells: null,
  },
} as const satisfies { readonly [Property in keyof CachedSubscription]: FieldDeclaration<Property> } & {
  readonly [Name in value.PriceFieldName]: FieldDeclaration<Name>;
};
