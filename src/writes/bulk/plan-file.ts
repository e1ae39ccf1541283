import { randomUUID } from 'node:crypto';
import { closeSync, fsyncSync, openSync, rmSync, writeFileSync } from 'node:fs';
import * as v from 'valibot';
import { withoutControls } from '../../journal/sqlite/control-characters.ts';
import { writeTarget } from '../../journal/target-shape.ts';
import { billingPeriods } from '../../model/billing-period.ts';
import { priceBases } from '../../model/cost.ts';
import { decodeText } from '../../model/decode-text.ts';
import { type Fault, FaultError, fault } from '../../model/fault.ts';
import { isDeeperThan } from '../../model/json-depth.ts';
import { limits } from '../../model/limits.ts';
import { type PlanMoney, planMoneyText } from '../../model/plan-money.ts';
import { printable } from '../../model/printable.ts';
import { priceKinds } from '../../model/subscription.ts';
import type { JsonObject } from '../../model/text.ts';
import { isSecret } from '../../operations/input.ts';
import { findOperation, type OperationId, type WriteRequest } from '../../operations/registry.ts';
import { readGivenFile } from '../../system/given-file.ts';
import { reasonFault, writeRequestTextFault } from '../request-text.ts';

const ref = v.string();
const jsonObject = v.custom<JsonObject>((value) => v.is(v.record(v.string(), v.unknown()), value));

const amount = v.nullable(v.pipe(v.string(), v.maxLength(200)));
const price = v.object({ kind: v.picklist(priceKinds), amount: v.string(), currency: v.nullable(v.string()) });
const moneyShape = v.object({
  price: v.nullable(price),
  basis: v.nullable(v.picklist(priceBases)),
  period: v.nullable(v.picklist(billingPeriods)),
  from: amount,
  to: amount,
  change: amount,
  noPrice: v.nullable(v.string()),
  charged: v.nullable(v.object({ isKnown: v.boolean(), brief: v.string(), sentence: v.string() })),
});
const money = v.custom<PlanMoney>((value) => v.is(moneyShape, value));

const rowFields = {
  /** From 1; stays when other rows are taken out by hand. */
  row: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  verb: v.string(),
  ref,
  /** The account that the row was planned on, and runs on. Absent in files of Subdeck 0.1.0. */
  account: v.optional(v.string()),
  sentence: v.string(),
  rule: v.string(),
  irreversible: v.boolean(),
  before: jsonObject,
  after: jsonObject,
  /** See `Draft`. Absent in files of Subdeck 0.1.0. */
  newQuantity: v.optional(v.nullable(v.pipe(v.number(), v.safeInteger()))),
  /** A text in files of Subdeck 0.1.0. */
  money: v.optional(v.nullable(v.union([v.string(), money]))),
  /** As it was when the plan was made; null for a create. */
  target: v.nullable(writeTarget),
};

export interface BulkRow extends Readonly<v.InferOutput<v.ObjectSchema<typeof rowFields, undefined>>> {
  readonly verb: OperationId;
  readonly writeRequest: WriteRequest;
}

/** A row whose operation this Subdeck does not know, as another version wrote it: it is named and left alone. */
export interface UnknownRow {
  readonly row: number;
  readonly verb: string;
  readonly ref: string;
  readonly sentence: string;
  /** Its place among all rows of the file. */
  readonly at: number;
  readonly content: unknown;
}

/** As much as is needed to name a row. In the file its write request is called `wish`, as Subdeck 0.1.0 wrote it. */
const namedRow = v.looseObject({
  row: rowFields.row,
  verb: v.string(),
  ref: v.optional(v.string(), ''),
  sentence: v.optional(v.string(), ''),
  wish: v.looseObject({ verb: v.string() }),
});

const fileShape = v.object({
  format: v.literal('subdeck-plan'),
  version: v.literal(1),
  id: v.pipe(v.string(), v.regex(/^[a-z0-9-]{8,64}$/)),
  createdAt: v.string(),
  by: v.string(),
  /** The assistant that proposed it, as it calls itself. Absent: a person made it. */
  proposedBy: v.optional(v.pipe(v.string(), v.minLength(1), v.maxLength(200))),
  source: v.string(),
  /** Of all its changes, for the journal. */
  reason: v.optional(v.string()),
  rows: v.pipe(
    v.array(namedRow),
    v.check((rows) => new Set(rows.map(({ row }) => row)).size === rows.length, 'two rows have the same number'),
  ),
});

/** A file of changes that were looked up, to be read by people and run later. Its id ties it to the journal. */
export type BulkPlan = Readonly<Omit<v.InferOutput<typeof fileShape>, 'rows'>> & {
  readonly rows: readonly BulkRow[];
  readonly unknownRows: readonly UnknownRow[];
};

/** Why a row is named and left alone. */
export function unknownRowFault({ row, ref, verb }: UnknownRow): Fault {
  const message = `Row ${row}, ${ref}, is skipped: this version of Subdeck does not know the operation ${JSON.stringify(verb)}.`;
  return fault('denied', message, 'Update Subdeck, or plan the row again.').fault;
}

/** Who made a plan, in a line; null for a plan that no assistant proposed. */
export function proposedText({ proposedBy }: Pick<BulkPlan, 'proposedBy'>): string | null {
  return proposedBy === undefined ? null : `Proposed by the assistant ${printable(proposedBy)}; no person made it.`;
}

/** Everything in a plan, as its file holds it. */
export function contentOf({ rows, unknownRows, ...facts }: BulkPlan): object {
  const all: unknown[] = rows.map(({ writeRequest, ...row }) => ({ ...row, wish: writeRequest }));
  for (const { at, content } of unknownRows) all.splice(at, 0, content);
  return { ...facts, rows: all };
}

export function newPlanId(): string {
  return randomUUID();
}

/** Writes a new file that this user alone can read. Throws a `usage` fault where there is one already, or none can be made. */
export function writePlanFile(path: string, plan: BulkPlan): void {
  let file: number;
  try {
    file = openSync(path, 'wx', 0o600);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw fault('usage', `${path} already exists.`, 'Give the name of a new file.');
    throw fault('usage', `${path} cannot be written (${codeOf(error)}).`, 'Choose a directory where you may write.');
  }
  try {
    writeFileSync(file, `${JSON.stringify(contentOf(plan), null, 2)}\n`);
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
  const content = parsed(path, text, withoutControls);
  const { rows: named, ...facts } = checked(path, fileShape, content, '');
  const rows: BulkRow[] = [];
  const unknownRows: UnknownRow[] = [];
  named.forEach(({ row, verb, ref, sentence, wish }, at) => {
    const request = findOperation(wish.verb);
    const operation = findOperation(verb);
    if (operation === null || request === null) {
      unknownRows.push({ row, verb: operation === null ? verb : wish.verb, ref, sentence, at, content: named[at] });
    } else if (request.inputs.some(isSecret)) {
      throw noPlan(path, `rows.${at}.wish: ${wish.verb} cannot be in a plan file`);
    } else {
      const shape = v.object({ ...rowFields, wish: request.schema });
      const { wish: writeRequest, ...found } = checked(path, shape, named[at], `rows.${at}.`);
      rows.push({ ...found, verb: operation.id, writeRequest });
    }
  });
  return { ...facts, rows, unknownRows };
}

function checked<Shape extends v.GenericSchema>(
  path: string,
  shape: Shape,
  content: unknown,
  place: string,
): v.InferOutput<Shape> {
  const result = v.safeParse(shape, content);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = `${place}${issue.path?.map(({ key }) => String(key)).join('.') ?? ''}`;
  throw noPlan(path, where === '' ? null : `${where}: ${issue.message}`);
}

function noPlan(path: string, why: string | null): FaultError {
  const message = `This version of Subdeck cannot run the plan ${path}${why === null ? '' : ` (${why})`}.`;
  return fault('usage', message, 'Make a new one: subdeck plan create FILE --from CSV');
}

/** Texts to be sent are looked at as they stand in the file: what is made safe for the screen is not what would be sent. */
function refuseUnwritable(path: string, text: string): void {
  const result = v.safeParse(v.object({ rows: v.array(namedRow), reason: v.optional(v.string()) }), parsed(path, text));
  const unfit = reasonFault(result.success ? (result.output.reason ?? null) : null);
  if (unfit !== null) throw fault('usage', `${path}: ${unfit.message}`, unfit.next);
  for (const { row, wish } of result.success ? result.output.rows : []) {
    const schema = findOperation(wish.verb)?.schema;
    const request = schema === undefined ? null : v.safeParse(schema, wish);
    const wrong = request?.success ? writeRequestTextFault(request.output) : null;
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
    return readGivenFile(path);
  } catch (error) {
    if (error instanceof FaultError) throw error;
    throw fault('usage', `${path} cannot be read (${codeOf(error)}).`, 'Give an existing file that you may read.');
  }
}

function parsed(path: string, content: string, reviver?: Parameters<typeof JSON.parse>[1]): unknown {
  if (isDeeperThan(limits.jsonDepth, content)) throw noPlan(path, 'nested too deeply');
  try {
    return JSON.parse(content, reviver);
  } catch {
    throw fault(
      'usage',
      `${path} is not a plan file: it is not JSON.`,
      'Make one: subdeck plan create FILE --from CSV',
    );
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : 'unknown reason';
}

/** What a row changes in money; null: nothing, or it is a row of Subdeck 0.1.0, which has a text alone. */
export function moneyIn({ money: held }: Pick<BulkRow, 'money'>): PlanMoney | null {
  return typeof held === 'object' ? held : null;
}

/** The same in one line. */
export function rowMoneyText({ money: held }: Pick<BulkRow, 'money'>): string | null {
  if (typeof held === 'string') return held;
  return held === null || held === undefined ? null : planMoneyText(held);
}
