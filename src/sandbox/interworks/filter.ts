/** What a property of a listed thing may be. Undefined: the thing has no such property. */
export type Value = string | number | boolean | null | undefined;
export type Property = (name: string) => Value;
export type Test = (property: Property) => boolean;

/** A filter or an order that cannot be read; the message goes to the client. */
export class BadQuery extends Error {}

const token = /\s*(datetime'[^']*'|'(?:[^']|'')*'|[(),]|[A-Za-z_][\w./]*|-?\d+(?:\.\d+)?)/y;

/**
 * Reads the part of OData's `$filter` that the vendor documents: `name op literal` and `contains(name,'text')`, joined by
 * `and`. Operators eq ne gt ge lt le. Literals: 'text' (a quote doubled), numbers, datetime'…', true, false, null. Text
 * compares without case. Throws BadQuery.
 */
export function readFilter(text: string, known: (name: string) => boolean): Test {
  const words = tokens(text);
  const take = (what: string): string => {
    const word = words.shift();
    if (word === undefined) throw new BadQuery(`The filter ends where ${what} is expected.`);
    return word;
  };
  const name = (): string => {
    const found = take('a property').replaceAll('.', '/').toLowerCase();
    if (!known(found)) throw new BadQuery(`The property "${found}" cannot be filtered by.`);
    return found;
  };
  const symbol = (wanted: string): void => {
    if (take(`"${wanted}"`) !== wanted) throw new BadQuery(`"${wanted}" is expected.`);
  };
  const term = (): Test => {
    if (words[0]?.toLowerCase() !== 'contains') return comparison(name(), take('an operator'), take('a value'));
    words.shift();
    symbol('(');
    const property = name();
    symbol(',');
    const wanted = literal(take('a text'));
    symbol(')');
    return (of) => textOf(of(property)).includes(textOf(wanted));
  };
  const terms = [term()];
  while (words.length > 0) {
    if (take('"and"').toLowerCase() !== 'and') throw new BadQuery('Terms can only be joined by "and".');
    terms.push(term());
  }
  return (of) => terms.every((one) => one(of));
}

function tokens(text: string): string[] {
  const found: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < text.trimEnd().length) {
    const at = token.lastIndex;
    const word = token.exec(text)?.[1];
    if (word === undefined) throw new BadQuery(`The filter cannot be read from position ${at + 1}.`);
    found.push(word);
  }
  return found;
}

function comparison(property: string, operator: string, written: string): Test {
  const wanted = literal(written);
  const holds = operators[operator.toLowerCase()];
  if (holds === undefined) throw new BadQuery(`"${operator}" is no operator.`);
  return (of) => {
    const order = compare(of(property), wanted);
    return order !== null && holds(order);
  };
}

const operators: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
};

function literal(written: string): Value | Date {
  if (written.startsWith("'")) return written.slice(1, -1).replaceAll("''", "'");
  if (written === 'true' || written === 'false') return written === 'true';
  if (written === 'null') return null;
  if (written.toLowerCase().startsWith("datetime'")) {
    const date = new Date(/T/.test(written) ? `${written.slice(9, -1)}Z` : `${written.slice(9, -1)}T00:00:00Z`);
    if (Number.isNaN(date.getTime())) throw new BadQuery(`${written} is no date.`);
    return date;
  }
  const number = Number(written);
  if (Number.isNaN(number)) throw new BadQuery(`${written} is no value: texts stand in single quotes.`);
  return number;
}

/** Null where the two cannot be compared; nothing but null equals null. */
function compare(value: Value, wanted: Value | Date): number | null {
  if (wanted instanceof Date) {
    const at = typeof value === 'string' ? Date.parse(value) : Number.NaN;
    return Number.isNaN(at) ? null : at - wanted.getTime();
  }
  if (value === null || value === undefined || wanted === null)
    return (value ?? null) === wanted ? 0 : wanted === null ? 1 : null;
  if (typeof value === 'number' && typeof wanted === 'number') return value - wanted;
  if (typeof value !== typeof wanted) return null;
  return order(textOf(value), textOf(wanted));
}

/** Plain order of texts and numbers, nulls first. */
export function order(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === null || a === undefined) return -1;
  if (b === null || b === undefined) return 1;
  return a < b ? -1 : 1;
}

function textOf(value: Value | Date): string {
  return String(value ?? '').toLowerCase();
}
