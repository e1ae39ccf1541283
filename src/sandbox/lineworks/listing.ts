import { limits } from './assumptions.ts';
import type { Customers } from './customers.ts';
import { Refused } from './errors.ts';
import type { Customer } from './wire.ts';

export interface CustomerList {
  readonly customers: readonly Customer[];
  /** Absent on the last page. Holds characters that must be encoded in a query. */
  readonly responseMetaData: { readonly nextCursor?: string };
}

/** `GET /partners/customers`: 1 to 30 at a time, by name. Throws Refused. */
export function listCustomers(customers: Customers, query: Readonly<Record<string, string>>): CustomerList {
  const count = readCount(query.count);
  const orderBy = query.orderBy ?? 'name asc';
  if (orderBy !== 'name asc' && orderBy !== 'name desc') {
    throw new Refused(400, 'INVALID_PARAMETER', `orderBy ${orderBy} is not one of "name asc", "name desc".`);
  }
  const start = query.cursor === undefined ? 0 : readCursor(query.cursor, orderBy);
  const order = orderBy === 'name asc' ? customers.sorted() : customers.sorted().toReversed();
  const found =
    query.domain === undefined
      ? order.map(customers.get)
      : order.map(customers.get).filter(({ domain }) => domain === query.domain);
  const end = start + count;
  return {
    customers: found.slice(start, end),
    responseMetaData: end < found.length ? { nextCursor: cursorAt(end, orderBy) } : {},
  };
}

function readCount(text: string | undefined): number {
  const { least, most, usual } = limits.customersPerPage;
  if (text === undefined) return usual;
  const count = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(count >= least && count <= most)) {
    throw new Refused(400, 'INVALID_PARAMETER', `count must be between ${least} and ${most}.`);
  }
  return count;
}

function cursorAt(offset: number, orderBy: string): string {
  return `c+${Buffer.from(`${orderBy}/${offset}`).toString('base64')}==`;
}

function readCursor(cursor: string, orderBy: string): number {
  const text = cursor.startsWith('c+') ? Buffer.from(cursor.slice(2), 'base64').toString() : '';
  const [order, offset = ''] = text.split('/');
  if (order !== orderBy || !/^\d+$/.test(offset)) throw new Refused(400, 'INVALID_PARAMETER', 'cursor is not valid.');
  return Number(offset);
}
