import type { VendorId } from '../model/vendor.ts';
import { type FaultOrder, faultKinds } from './fault-order.ts';

/** The faults that were ordered, each with its own count of the requests that matched it. */
export class FaultQueue {
  readonly #orders: { readonly order: FaultOrder; matched: number }[] = [];

  add(orders: readonly FaultOrder[]): void {
    for (const order of orders) this.#orders.push({ order, matched: 0 });
  }

  clear(): void {
    this.#orders.length = 0;
  }

  /** The first order that is due for this request, or null. Every matching order counts it, due or not. */
  due(vendor: VendorId, method: string, path: string): FaultOrder | null {
    let due: FaultOrder | null = null;
    for (const entry of this.#orders) {
      if (!matches(entry.order, vendor, method, path)) continue;
      entry.matched++;
      if (due === null && (entry.order.nth === undefined || entry.order.nth === entry.matched)) due = entry.order;
    }
    return due;
  }
}

function matches(order: FaultOrder, vendor: VendorId, method: string, path: string): boolean {
  if (order.vendor !== undefined && order.vendor !== vendor) return false;
  if (order.method !== undefined && order.method.toUpperCase() !== method) return false;
  if (order.path === undefined) return true;
  const wanted = order.path.toLowerCase();
  return [path, readable(path)].some((given) => {
    const lower = given.toLowerCase();
    return wanted.endsWith('*') ? lower.startsWith(wanted.slice(0, -1)) : lower === wanted;
  });
}

function readable(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}

/** Whether a piece of JSON is a list of orders. */
export function isFaultOrders(value: unknown): value is readonly FaultOrder[] {
  return Array.isArray(value) && value.every(isFaultOrder);
}

function isFaultOrder(value: unknown): value is FaultOrder {
  if (typeof value !== 'object' || value === null) return false;
  const field = new Map(Object.entries(value));
  const optional = (name: string, type: string) => !field.has(name) || typeof field.get(name) === type;
  return (
    Object.hasOwn(faultKinds, String(field.get('do'))) &&
    ['vendor', 'method', 'path'].every((name) => optional(name, 'string')) &&
    ['nth', 'status', 'milliseconds', 'keep'].every((name) => optional(name, 'number')) &&
    optional('uncounted', 'boolean') &&
    (!field.has('ids') || isTexts(field.get('ids'))) &&
    (field.get('do') !== 'other-effect' || isOtherRequest(field.get('instead')))
  );
}

function isTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}

function isOtherRequest(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const field = new Map(Object.entries(value));
  return ['method', 'path'].every((name) => typeof field.get(name) === 'string');
}
