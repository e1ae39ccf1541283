import { FaultError } from '../../model/fault.ts';
import type { VendorId } from '../../model/vendor.ts';
import { type Assumptions, assumeSetting } from '../assumption.ts';
import type { Reading } from '../contract.ts';
import type { ProbeAnswer, ProbeClient } from '../http/probe-client.ts';
import type { Finding, ProbedAssumption, ProbeReport, Shape } from './report.ts';
import { fieldsOf, shapeOf, statusWordsOf } from './shapes.ts';

/** What a check found. */
export interface Checked {
  readonly finding: Finding;
  readonly seen: string;
  /** The alternative that matches the observation. */
  readonly propose?: string;
}

/** How each assumption of a vendor is checked with reads, or a sentence on why it cannot be. */
export type Checks<All extends Assumptions, Sample> = {
  readonly [Id in keyof All]: ((sample: Sample) => Promise<Checked> | Checked) | string;
};

/** What every probe reads first. */
export interface CommonSample {
  /** The vendor's objects of a list, as they came. */
  readonly rows: readonly unknown[];
  readonly readings: readonly Reading[];
}

export const holds = (seen: string): Checked => ({ finding: 'holds', seen });
export const open = (seen: string): Checked => ({ finding: 'open', seen });
export const fails = (seen: string, propose?: string): Checked => ({
  finding: 'does-not-hold',
  seen,
  ...(propose === undefined ? {} : { propose }),
});

/** Runs every check; one that fails stays open. Throws `FaultError` if the sign-in fails. */
export async function runProbe<All extends Assumptions, Sample extends CommonSample>(probe: {
  readonly vendor: VendorId;
  readonly assumptions: All;
  readonly client: ProbeClient;
  readonly sample: Sample;
  readonly checks: Checks<All, Sample>;
  readonly shapes: readonly Shape[];
  /** The answer to an id that is none. */
  readonly error: ProbeAnswer | null;
}): Promise<ProbeReport> {
  const { vendor, assumptions, client, sample, checks, shapes, error } = probe;
  const found: ProbedAssumption[] = [];
  for (const [id, { says, evidence }] of Object.entries(assumptions)) {
    const { finding, seen, propose } = await checked(checks[id], sample);
    const setting = propose === undefined ? null : `${assumeSetting(id)}=${propose}`;
    found.push({ id, says, evidence, finding, seen, propose: setting });
  }
  return {
    vendor,
    assumptions: found,
    shapes: [shapeOf('a subscription in a list', sample.rows), ...shapes],
    statusWords: statusWordsOf(sample.readings),
    rateHeaders: client.rateHeaders(),
    error: error === null ? null : { status: error.status, fields: fieldsOf([first(error.body)]) },
    clockDifferenceSeconds: client.clockDifferenceSeconds(),
  };
}

/** Some vendors send errors as a list. */
function first(body: unknown): unknown {
  return Array.isArray(body) ? body[0] : body;
}

async function checked<Sample>(
  check: ((sample: Sample) => Promise<Checked> | Checked) | string | undefined,
  sample: Sample,
): Promise<Checked> {
  if (check === undefined || typeof check === 'string') return open(check ?? '');
  try {
    return await check(sample);
  } catch (error) {
    if (!(error instanceof FaultError) || ['signed-out', 'interrupted'].includes(error.fault.kind)) throw error;
    const status = error.fault.vendor?.status ?? null;
    return open(status === null ? 'It could not be tested.' : `It could not be tested: ${status}.`);
  }
}

/** Whether every word of a status was one that the adapter knows. */
export function statusWordsHold({ readings }: CommonSample): Checked {
  if (readings.length === 0) return open('There is no subscription.');
  const strange = statusWordsOf(readings).filter(({ isKnown }) => !isKnown);
  const count = `of ${readings.length} subscriptions`;
  return strange.length === 0
    ? holds(`All values ${count} are known.`)
    : fails(`Unknown ${count}: ${strange.map(({ word, count: times }) => `${word} (${times})`).join(', ')}.`);
}

/** Whether some objects have these fields, in capitals or not. */
export function fieldsHold(objects: readonly unknown[], names: readonly string[]): Checked {
  if (objects.length === 0) return open('There is nothing to check.');
  const there = new Set(fieldsOf(objects).map(({ name }) => name.toLowerCase()));
  const missing = names.filter((name) => !there.has(name.toLowerCase()));
  const count = `of ${objects.length}`;
  return missing.length === 0
    ? holds(`All fields exist, ${count}.`)
    : fails(`Missing ${count}: ${missing.join(', ')}.`);
}
