import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as v from 'valibot';
import type { NodeFact, Reading } from '../api/contract.ts';
import { safeJsonObject } from '../api/json.ts';
import { safeText } from '../api/text.ts';
import { isDeeperThan } from '../model/json-depth.ts';
import { limits } from '../model/limits.ts';
import { priceKinds, renewalModes, type Subscription, statuses } from '../model/subscription.ts';
import { type Level, levels, type VendorId } from '../model/vendor.ts';

/** The connection of a member to the account that rows are published of: what is named after it has the member's own names. */
export interface OwnPlace {
  readonly connection: string;
  readonly title: string;
  readonly vendor: VendorId;
  /** Levels that the vendor does not have: one node named after the connection stands for each. */
  readonly impliedLevels: readonly Level[];
}

/** An id as bytes: a vendor's need not be a text of PostgreSQL's. */
export function idBytes(id: string): Buffer {
  return Buffer.from(JSON.stringify(id));
}

/** Null: what another member wrote is no id. */
export function idOfBytes(bytes: Uint8Array): string | null {
  const id = parsed(Buffer.from(bytes).toString('utf8'));
  return typeof id === 'string' ? id : null;
}

/** As `idBytes`, for a node of a level. */
export function nodeKey({ level, id }: Pick<NodeFact, 'level' | 'id'>): Buffer {
  return Buffer.from(JSON.stringify([level, id]));
}

export function nodeOfKey(bytes: Uint8Array): Pick<NodeFact, 'level' | 'id'> | null {
  const found = v.safeParse(v.tuple([v.picklist(levels), v.string()]), parsed(Buffer.from(bytes).toString('utf8')));
  return found.success ? { level: found.output[0], id: found.output[1] } : null;
}

/** A reading without what the connection is called: the vendor's object is kept as the cache keeps it, without licence keys. */
export function packedRow({ subscription, raw }: Reading, { impliedLevels }: OwnPlace): Buffer {
  const { ref: _ref, connection: _connection, vendor: _vendor, readAt: _readAt, ...fields } = subscription;
  const implied = Object.fromEntries(impliedLevels.map((level) => [level === 'service' ? 'services' : level, null]));
  return packed({ ...fields, ...implied, raw });
}

export function packedNode(
  { level, id, name, domain, parents }: NodeFact,
  { connection, impliedLevels }: OwnPlace,
): Buffer {
  const above = parents.map((pin) => ({
    level: pin.level,
    id: impliedLevels.includes(pin.level) && pin.id === connection ? null : pin.id,
  }));
  return packed({ level, id, name, domain, parents: above });
}

const text = v.pipe(
  v.string(),
  v.transform((written) => safeText(written)),
);
const textOrNull = v.nullable(text);
const id = v.pipe(v.string(), v.maxLength(8_192));
const named = v.object({ id, name: text });
const date = v.nullable(v.pipe(v.string(), v.maxLength(256)));
const count = v.nullable(v.pipe(v.number(), v.finite()));
const fields = v.object({
  ...{ id, name: text, status: v.picklist(statuses), vendorStatus: textOrNull },
  ...{
    seller: v.nullable(named),
    reseller: v.nullable(named),
    organization: v.nullable(named),
    product: v.nullable(named),
  },
  services: v.nullable(v.pipe(v.array(named), v.maxLength(1_000))),
  ...{ parentId: v.nullable(id), isAddon: v.boolean(), isTrial: v.boolean(), quantity: count },
  ...{ billing: textOrNull, term: textOrNull, startsAt: date, endsAt: date, cancellableUntil: date },
  renewal: v.nullable(
    v.object({ mode: v.picklist(renewalModes), quantity: count, productId: v.nullable(id), plan: textOrNull }),
  ),
  prices: v.pipe(
    v.array(
      v.object({
        kind: v.picklist(priceKinds),
        amount: v.pipe(v.string(), v.maxLength(100), v.regex(/^[\x20-\x7e]*$/)),
        currency: textOrNull,
      }),
    ),
    v.maxLength(20),
  ),
  hasLicenseKey: v.boolean(),
  externalIds: v.record(v.pipe(v.string(), v.maxLength(256)), id),
  segment: textOrNull,
  surprises: v.pipe(v.array(text), v.maxLength(100)),
  raw: v.record(v.string(), v.unknown()),
});
const nodeFields = v.object({
  level: v.picklist(levels),
  id,
  name: text,
  domain: textOrNull,
  parents: v.pipe(v.array(v.object({ level: v.picklist(levels), id: v.nullable(id) })), v.maxLength(levels.length)),
});

/** What another member read, as this one's own row. Null: it has another shape, or another id than it was published under. */
export function unpackedRow(body: Uint8Array, expected: string, readAt: number, place: OwnPlace): Reading | null {
  const found = v.safeParse(fields, unpacked(body));
  if (!found.success || found.output.id !== expected) return null;
  const { raw, services, ...row } = found.output;
  const { connection, title, vendor, impliedLevels } = place;
  const own = { id: connection, name: safeText(title) };
  const implied = (level: Level) => impliedLevels.includes(level);
  const subscription: Subscription = {
    ...row,
    ref: `${connection}/${row.id}`,
    connection,
    vendor,
    seller: implied('seller') ? own : row.seller,
    reseller: implied('reseller') ? own : row.reseller,
    organization: implied('organization') ? own : row.organization,
    services: implied('service') ? [own] : (services ?? []),
    readAt: new Date(readAt).toISOString(),
  };
  return { subscription, raw: safeJsonObject(raw) };
}

export function unpackedNode(body: Uint8Array, place: OwnPlace): NodeFact | null {
  const found = v.safeParse(nodeFields, unpacked(body));
  if (!found.success) return null;
  const { connection, impliedLevels } = place;
  const parents = found.output.parents.map((pin) => ({
    level: pin.level,
    connection,
    id: impliedLevels.includes(pin.level) ? connection : pin.id,
  }));
  return { ...found.output, parents };
}

function packed(value: unknown): Buffer {
  return deflateRawSync(JSON.stringify(value), { level: 1 });
}

/** Undefined: it is no JSON of ours, or larger or deeper than any row is. */
function unpacked(body: Uint8Array): unknown {
  try {
    const json = inflateRawSync(body, { maxOutputLength: 2 * limits.rowBytes }).toString('utf8');
    return isDeeperThan(limits.jsonDepth, json) ? undefined : parsed(json);
  } catch {
    return;
  }
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return;
  }
}
