import type { Pin, Scope } from '../model/scope.ts';
import type { Level } from '../model/vendor.ts';

/** One step of the breadcrumbs: the node that narrows the lists below, and its name. */
export interface Crumb {
  readonly pin: Pin;
  readonly name: string;
  readonly implied: boolean;
}
export type Trail = readonly Crumb[];

export function scopeOf(trail: Trail): Scope {
  return trail.map((crumb) => crumb.pin);
}

/** The connection that contains a scope, or null at the very top. */
export function connectionOf(trail: Trail): string | null {
  return trail[0]?.pin.connection ?? null;
}

/** A level that the vendor does not have is one implied node, whose id is the connection's name (docs/reference/vendors.md). */
export function isImplied(id: string | null, connection: string): boolean {
  return id === connection;
}

export function hasLevel(trail: Trail, level: Level): boolean {
  return trail.some((crumb) => crumb.pin.level === level);
}

/** Identifies a node among all connections; a branch without a node has an id of its own. */
export function pinKey(pin: { readonly connection: string; readonly id: string | null }): string {
  return JSON.stringify([pin.connection, pin.id]);
}

/** The node of a `pinKey`. */
export function pinFromKey(level: Level, key: string): Pin {
  const parsed: unknown = JSON.parse(key);
  const [connection, id] = Array.isArray(parsed) ? parsed : [];
  return { level, connection: String(connection), id: typeof id === 'string' ? id : null };
}
