import { digits } from './digits.ts';
import type { FaultOrder } from './fault-order.ts';

/** What vendors call the id of a row, and the number of all rows of a list. */
const idNames = ['id', 'Id', 'subscriptionId'];
const totalNames = ['totalItems', 'totalCount', 'totalResultsCount'];

/** A list's answer without some of its rows, as a vendor may send it while its list moves. Other answers stay as they are. */
export async function leaveOut(answer: Response, { ids, keep, uncounted = false }: FaultOrder): Promise<Response> {
  if (!answer.ok) return answer;
  const text = await answer.text();
  let left = 0;
  const isOut = (row: unknown, at: number) =>
    ids === undefined ? at >= (keep ?? 0) : ids.some((id) => idNames.some((name) => isNamed(row, name, id)));
  const shorten = (rows: readonly unknown[]) => {
    const rest = rows.filter((row, at) => !isOut(row, at));
    left += rows.length - rest.length;
    return rest;
  };
  const body: unknown = JSON.parse(text, asSent);
  const rest = Array.isArray(body) ? shorten(body) : withShortList(body, shorten);
  const counted = uncounted ? withTotal(rest, left) : rest;
  const headers = new Headers(answer.headers);
  headers.delete('content-length');
  return new Response(JSON.stringify(counted), { status: answer.status, headers });
}

/** A number that a float cannot hold stays as it was sent. */
function asSent(_: string, value: unknown, { source }: { readonly source?: string } = {}): unknown {
  return typeof value === 'number' && source !== undefined && String(value) !== source ? digits(source) : value;
}

function isNamed(row: unknown, name: string, id: string): boolean {
  if (typeof row !== 'object' || row === null || !(name in row)) return false;
  const given = (row as Readonly<Record<string, unknown>>)[name];
  return given === id || JSON.stringify(given) === id;
}

function withShortList(body: unknown, shorten: (rows: readonly unknown[]) => readonly unknown[]): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => [name, Array.isArray(value) ? shorten(value) : value]),
  );
}

/** Totals stand beside the list, or one level below. */
function withTotal(body: unknown, less: number): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  return Object.fromEntries(
    Object.entries(body).map(([name, value]) => {
      if (totalNames.includes(name) && typeof value === 'number') return [name, value - less];
      const isBelow = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [name, isBelow ? withTotal(value, less) : value];
    }),
  );
}
