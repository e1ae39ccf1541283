import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { withoutControls } from '../../journal/sqlite/control-characters.ts';
import { decodeText } from '../../model/decode-text.ts';
import { fault } from '../../model/fault.ts';
import { verbs } from '../../model/journal-entry.ts';
import type { Subscription } from '../../model/subscription.ts';
import type { JsonObject } from '../../model/text.ts';
import type { WriteRequest } from '../contract.ts';
import { writeRequestTextFault } from '../request-text.ts';

/** What a plan file may hold: every write request but a licence key, which never stands in a file. */
export type BulkWriteRequest = Exclude<WriteRequest, { readonly verb: 'set-license' }>;

const ref = v.string();
const changes = v.record(v.string(), v.string());
const quantity = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const writeRequestShape = v.variant('verb', [
  v.object({ verb: v.literal('cancel'), ref, mode: v.nullable(v.picklist(['cancel', 'delete'])) }),
  v.object({ verb: v.literal('set-quantity'), ref, quantity }),
  v.object({ verb: v.literal('update'), ref, changes }),
  v.object({ verb: v.picklist(['suspend', 'reactivate', 'reservation-withdraw']), ref }),
  v.object({ verb: v.picklist(['renewal-set', 'reservation-create']), ref, changes }),
  v.object({ verb: v.literal('addon-cancel'), ref, addonId: v.string() }),
  v.object({
    verb: v.literal('create'),
    connection: v.string(),
    organizationId: v.string(),
    serviceId: v.string(),
    productId: v.string(),
    quantity,
    name: v.nullable(v.string()),
  }),
]);

const text = v.nullable(v.string());
const named = v.nullable(v.looseObject({ id: v.string(), name: v.string() }));
/** As much of a row as is compared and as vendors need to read it again. */
const targetShape = v.looseObject({
  ...{ ref, connection: v.string(), vendor: v.string(), id: v.string(), name: v.string(), status: v.string() },
  ...{ vendorStatus: text, seller: named, reseller: named, organization: named, product: named },
  ...{ billing: text, term: text, startsAt: text, endsAt: text, cancellableUntil: text, parentId: text },
  services: v.array(v.looseObject({ id: v.string(), name: v.string() })),
  quantity: v.nullable(v.number()),
  renewal: v.nullable(
    v.looseObject({ mode: v.string(), quantity: v.nullable(v.number()), productId: text, plan: text }),
  ),
  prices: v.array(v.looseObject({ kind: v.string(), amount: v.string(), currency: text })),
  hasLicenseKey: v.boolean(),
  externalIds: v.record(v.string(), v.string()),
});
const jsonObject = v.custom<JsonObject>((value) => v.is(v.record(v.string(), v.unknown()), value));

const rowShape = v.object({
  /** From 1; stays when other rows are taken out by hand. */
  row: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  verb: v.picklist(verbs),
  ref,
  /** The account that the row was planned on, and runs on. Absent in files of Subdeck 0.1.0. */
  account: v.optional(v.string()),
  sentence: v.string(),
  rule: v.string(),
  irreversible: v.boolean(),
  before: jsonObject,
  after: jsonObject,
  money: v.optional(v.string()),
  wish: writeRequestShape,
  /** As it was when the plan was made; null for a create. */
  target: v.nullable(v.custom<Subscription>((value) => v.is(targetShape, value))),
});

const writeRequestsShape = v.object({ rows: v.array(v.object({ row: v.number(), wish: writeRequestShape })) });

const fileShape = v.object({
  format: v.literal('subdeck-plan'),
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{8,64}$/)),
  createdAt: v.string(),
  by: v.string(),
  source: v.string(),
  rows: v.pipe(
    v.array(rowShape),
    v.check((rows) => new Set(rows.map(({ row }) => row)).size === rows.length, 'two rows have the same number'),
  ),
});

export type BulkRow = Readonly<v.InferOutput<typeof rowShape>>;

/** A file of changes that were looked up, to be read by people and run later. Its id ties it to the journal. */
export type BulkPlan = Readonly<Omit<v.InferOutput<typeof fileShape>, 'rows'>> & { readonly rows: readonly BulkRow[] };

export function newPlanId(): string {
  return randomUUID();
}

/** Writes a new file that this user alone can read. Throws a `usage` fault where there is one already, or none can be made. */
export function writePlanFile(path: string, plan: BulkPlan): void {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw fault('usage', `${path} exists already.`, 'Give the plan a file of its own.');
    throw fault('usage', `${path} cannot be written (${codeOf(error)}).`, 'Give a place where you may write.');
  }
  try {
    writeFileSync(file, `${JSON.stringify(plan, null, 2)}\n`);
    fsyncSync(file);
  } catch (error) {
    rmSync(path, { force: true });
    throw fault('usage', `${path} cannot be written (${codeOf(error)}).`, 'Check the disk, then try again.');
  } finally {
    closeSync(file);
  }
}

/** Throws `usage` faults: not there, no plan file, of a later Subdeck, or with a text that no vendor may be sent. */
export function readPlanFile(path: string): BulkPlan {
  const text = readTextFile(path);
  refuseUnwritable(path, text);
  const result = v.safeParse(fileShape, parsed(path, text, withoutControls));
  if (result.success) return result.output;
  const [issue] = result.issues;
  const place = issue.path?.map(({ key }) => String(key)).join('.') ?? '';
  const message = `${path} is no plan that this Subdeck can run${place === '' ? '' : ` (${place}: ${issue.message})`}.`;
  throw fault('usage', message, 'Make it anew: subdeck plan create FILE --from CSV');
}

/** Texts to be sent are looked at as they stand in the file: what is made safe for the screen is not what would be sent. */
function refuseUnwritable(path: string, text: string): void {
  const result = v.safeParse(writeRequestsShape, parsed(path, text));
  for (const { row, wish: writeRequest } of result.success ? result.output.rows : []) {
    const wrong = writeRequestTextFault(writeRequest);
    if (wrong !== null) throw fault('usage', `${path}, row ${row}: ${wrong.message}`, wrong.next);
  }
}

/** Throws `usage` faults: not there, or no text. */
export function readTextFile(path: string): string {
  const decoded = decodeText(readBytes(path));
  if ('text' in decoded) return decoded.text;
  throw fault('usage', `${path} cannot be read: ${decoded.problem}.`, 'Save it as UTF-8, then try again.');
}

function readBytes(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    throw fault(
      'usage',
      `${path} cannot be read (${codeOf(error)}).`,
      'Give a file that is there and that you may read.',
    );
  }
}

function parsed(path: string, content: string, reviver?: Parameters<typeof JSON.parse>[1]): unknown {
  try {
    return JSON.parse(content, reviver);
  } catch {
    throw fault('usage', `${path} is no plan file: it is not JSON.`, 'Make one: subdeck plan create FILE --from CSV');
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}
