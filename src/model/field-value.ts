import { beginOf, endOf } from './date-text.ts';
import { mainPrice, priceText } from './main-price.ts';
import { type Named, type PriceKind, priceKinds, type Renewal, type Subscription } from './subscription.ts';

/** A row, and what only the cache knows of it. */
type Row = Subscription & { readonly sameAs?: readonly string[]; readonly missingSince?: string | null };
/** What a kind of price is called in filters, sort orders and CSV. */
export type PriceFieldName = `${PriceKind}${'Price' | 'Currency'}`;
type Read<Value> = (row: Row) => Value;

/** What a field holds, and how it is read from a row. */
export interface FieldValue {
  /** `word`: one of a closed list. */
  readonly kind: 'text' | 'word' | 'number' | 'money' | 'date' | 'switch';
  /** What a filter compares with; none: null. */
  readonly texts: Read<readonly string[]>;
  /** What `=` compares with beside the texts. */
  readonly ids: Read<readonly string[]>;
  /** Whole and as the vendor wrote it: a cell of CSV, and what is copied. */
  readonly cell: Read<string | null>;
  /** A date as the instant that it is sorted and filtered by; null for none, for what cannot be read, and for other kinds. */
  readonly instant: Read<number | null>;
  /** The fields that are its columns in CSV, one value each; null: the cell alone. */
  readonly csv: readonly PriceFieldName[] | null;
  /** Short texts of which another one is a change, by the names that changes have; null: by the field's name, the cell. */
  readonly changes: Readonly<Record<string, Read<string | null>>> | null;
}

const noIds = (): readonly string[] => [];
const noInstant = (): null => null;
const one = (text: string | null): readonly string[] => (text === null ? [] : [text]);

export function text(read: Read<string | null>) {
  return {
    kind: 'text',
    texts: (row) => one(read(row)),
    ids: noIds,
    cell: read,
    instant: noInstant,
    csv: null,
    changes: null,
  } as const satisfies FieldValue;
}

/** From which something holds. */
export function begin(read: Read<string | null>) {
  return { ...text(read), kind: 'date', instant: (row) => beginOf(read(row)) } as const satisfies FieldValue;
}

/** To the end of which something holds. */
export function end(read: Read<string | null>) {
  return { ...text(read), kind: 'date', instant: (row) => endOf(read(row)) } as const satisfies FieldValue;
}

export function word(read: Read<string>) {
  return { ...text(read), kind: 'word' } as const satisfies FieldValue;
}

export function count(read: Read<number | null>) {
  return { ...text((row) => read(row)?.toString() ?? null), kind: 'number' } as const satisfies FieldValue;
}

/** `changed`: the name under which changes tell of it, yes or no. */
export function toggle(read: Read<boolean>, changed: string) {
  return {
    ...text((row) => String(read(row))),
    kind: 'switch',
    changes: { [changed]: (row) => (read(row) ? 'yes' : 'no') },
  } as const satisfies FieldValue;
}

export function named(read: Read<Named | null>) {
  return {
    ...text((row) => read(row)?.name ?? null),
    ids: (row) => one(read(row)?.id ?? null),
  } as const satisfies FieldValue;
}

export function manyNamed(read: Read<readonly Named[]>) {
  return {
    kind: 'text',
    texts: (row) => read(row).map(({ name }) => name),
    ids: (row) => read(row).map(({ id }) => id),
    cell: (row) => joined(read(row).map(({ name }) => name)),
    instant: noInstant,
    csv: null,
    changes: null,
  } as const satisfies FieldValue;
}

export function renewal(read: Read<Renewal | null>) {
  return {
    ...text((row) => read(row)?.mode ?? null),
    kind: 'word',
    changes: {
      renewal: (row) => {
        const { mode = null, quantity = null, productId = null, plan = null } = read(row) ?? {};
        const parts = [mode, quantity, productId, plan].filter((part) => part !== null);
        return parts.length === 0 ? null : parts.join(' ');
      },
    },
  } as const satisfies FieldValue;
}

const priceOf = ({ prices }: Row, kind: PriceKind) => prices.find((price) => price.kind === kind);

/** The amount of one kind of price. */
export function amount(kind: PriceKind) {
  return { ...text((row) => priceOf(row, kind)?.amount ?? null), kind: 'money' } as const satisfies FieldValue;
}

/** The currency of one kind of price. */
export function currency(kind: PriceKind) {
  return text((row) => priceOf(row, kind)?.currency ?? null);
}

/** Filtered by the main price; changes tell of that, and of all where there are several. */
export const prices = {
  kind: 'money',
  texts: (row) => one(mainPrice(row)?.amount ?? null),
  ids: noIds,
  cell: (row) => joined(row.prices.map(priceText)),
  instant: noInstant,
  csv: priceKinds.flatMap((kind) => [`${kind}Price`, `${kind}Currency`] as const),
  changes: {
    price: (row) => {
      const price = mainPrice(row);
      return price === null ? null : [price.amount, price.currency].filter((part) => part !== null).join(' ');
    },
    prices: (row) =>
      row.prices.length < 2 ? null : row.prices.map(({ kind, amount }) => `${kind} ${amount}`).join(', '),
  },
} as const satisfies FieldValue;

export function list(read: Read<readonly string[]>) {
  return {
    kind: 'text',
    texts: read,
    ids: noIds,
    cell: (row) => joined(read(row)),
    instant: noInstant,
    csv: null,
    changes: null,
  } as const satisfies FieldValue;
}

function joined(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : texts.join(', ');
}
