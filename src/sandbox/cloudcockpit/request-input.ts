import { assumptions, billingFrequencies, type Readings, termDurations } from './assumptions.ts';
import { type PropertyError, Refused } from './errors.ts';
import type { StoredRow } from './stored-row.ts';
import type { AutoRenewSettings } from './wire.ts';

type RequestInput = Readonly<Record<string, unknown>>;

/** A request's JSON object. Throws Refused. */
export async function readRequestInput(request: { text(): Promise<string> }): Promise<RequestInput> {
  const value = await readJson(request);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new Refused(400, 'A JSON object is expected.');
}

export async function readJson(request: { text(): Promise<string> }): Promise<unknown> {
  try {
    return JSON.parse(await request.text());
  } catch {
    throw new Refused(400, 'The request body is not JSON.');
  }
}

/** Collects what is wrong with a body, so that one answer names all of it. */
export class Checks {
  readonly #errors: PropertyError[] = [];

  need(right: boolean, propertyName: string, description: string): void {
    if (!right) this.#errors.push({ propertyName, description: [description] });
  }

  done(): void {
    if (this.#errors.length > 0) throw new Refused(400, 'One or more validation errors occurred.', this.#errors);
  }
}

/** What a PATCH asks for. Name, quantity and next billing frequency are required, even where only one changes. Throws Refused. */
export function readPatch(held: StoredRow, asked: RequestInput, readings: Readings): Partial<StoredRow> {
  const { name, quantity, autoRenewEnabled, autoRenewSettings } = asked;
  const billing = wordOf(asked.nextBillingFrequency);
  const checks = new Checks();
  checks.need(isText(name), 'Name', `Name is required and has at most ${assumptions.longestText} characters.`);
  checks.need(isQuantity(quantity), 'Quantity', `Quantity is required and at least ${assumptions.leastQuantity}.`);
  checks.need(isOneOf(billingFrequencies, billing), 'NextBillingFrequency', 'NextBillingFrequency is required.');
  const flag = autoRenewEnabled === undefined || autoRenewEnabled === null || typeof autoRenewEnabled === 'boolean';
  checks.need(flag, 'AutoRenewEnabled', 'AutoRenewEnabled must be true or false.');
  const settings = readSettings(autoRenewSettings);
  checks.need(settings !== 'wrong', 'AutoRenewSettings', 'Term and BillingFrequency are required.');
  checks.done();
  const omitted = readings['omitted-renewal'] === 'cleared' ? { autoRenew: false, autoRenewSettings: null } : {};
  const isOfNow = quantity !== held.quantity || name !== held.name;
  const forgets = readings['immediate-change'] === 'deletes-schedule' && isOfNow;
  return {
    ...omitted,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof quantity === 'number' ? { quantity } : {}),
    nextBilling: forgets || billing === held.billing ? null : (billing ?? null),
    ...(typeof autoRenewEnabled === 'boolean' ? { autoRenew: autoRenewEnabled } : {}),
    ...(settings === 'wrong' || settings === null ? {} : { autoRenewSettings: settings }),
  };
}

function readSettings(value: unknown): AutoRenewSettings | null | 'wrong' {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'object' || !('term' in value) || !('billingFrequency' in value)) return 'wrong';
  const [term, billing] = [wordOf(value.term), wordOf(value.billingFrequency)];
  if (!isOneOf(termDurations, term) || !isOneOf(billingFrequencies, billing)) return 'wrong';
  const date =
    'customTermEndDate' in value && typeof value.customTermEndDate === 'string' ? value.customTermEndDate : null;
  return { term: { name: term }, billingFrequency: { name: billing }, customTermEndDate: date };
}

/** The word in an enumeration's `{name}`. */
export function wordOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null || !('name' in value)) return undefined;
  return typeof value.name === 'string' ? value.name : undefined;
}

export function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= assumptions.longestText;
}

export function isQuantity(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= assumptions.leastQuantity;
}

export function isOneOf<Word extends string>(words: readonly Word[], value: unknown): value is Word {
  return words.some((word) => word === value);
}
