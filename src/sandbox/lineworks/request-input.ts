import { limits } from './assumptions.ts';
import { isDay } from './day.ts';
import { Refused } from './errors.ts';
import { paidPlans } from './plans.ts';

export type RequestInput = Readonly<Record<string, unknown>>;

/** A request's JSON object; anything else is refused. */
export async function readRequestInput(request: { text(): Promise<string> }): Promise<RequestInput> {
  try {
    const value: unknown = JSON.parse(await request.text());
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  } catch {
    // Not JSON: refused below.
  }
  throw new Refused(400, 'BAD_REQUEST', 'The request body must be a JSON object.');
}

export function wordIn(asked: RequestInput, name: string): string | null {
  const value = asked[name];
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string') throw new Refused(400, 'INVALID_PARAMETER', `${name} must be a string.`);
  return value;
}

export function neededWord(asked: RequestInput, name: string): string {
  const word = wordIn(asked, name);
  if (word === null) throw new Refused(400, 'MISSING_PARAMETER', `${name} is required.`);
  return word;
}

export function neededDay(asked: RequestInput, name: string): string {
  const word = neededWord(asked, name);
  if (!isDay(word)) throw new Refused(400, 'INVALID_PARAMETER', `${name} must be a date as YYYY-MM-DD.`);
  return word;
}

/** A number of licences from 1 to the documented maximum, or null where none is given. */
export function licensesIn(asked: RequestInput): number | null {
  const value = asked.licenseCount;
  if (value === undefined || value === null) return null;
  if (typeof value !== 'number' || !Number.isInteger(value)) {
    throw new Refused(400, 'INVALID_PARAMETER', 'licenseCount must be an integer.');
  }
  if (value < 1 || value > limits.licenses) {
    throw new Refused(400, 'OUT_OF_RANGE', `licenseCount must be between 1 and ${limits.licenses}.`);
  }
  return value;
}

export function neededLicenses(asked: RequestInput): number {
  const count = licensesIn(asked);
  if (count === null) throw new Refused(400, 'MISSING_PARAMETER', 'licenseCount is required.');
  return count;
}

export function checkPaidPlan(plan: string): string {
  if (!paidPlans.some((known) => known === plan)) {
    throw new Refused(400, 'INVALID_PARAMETER', `plan ${plan} is no paid contract type.`);
  }
  return plan;
}
