import * as v from 'valibot';
import type { Reading } from '../contract.ts';
import type { ProbeAnswer } from '../http/probe-client.ts';
import { path } from '../http/url-path.ts';
import type { ProbeReport } from '../probe/report.ts';
import { type Checked, type Checks, fails, holds, open, runProbe, statusWordsHold } from '../probe/run.ts';
import { shapeOf } from '../probe/shapes.ts';
import type { VendorSetup } from '../setup.ts';
import { readRow } from '../wire-row.ts';
import { isLicensePlan, isUnpaidPlan, lineworksAssumptions, paidPlans, paidProducts } from './assumptions.ts';
import { type LineworksClient, openClient, subscriptionPath, subscriptionsPath } from './client.ts';
import { type Customer, customerOf } from './map.ts';
import { customersWire, customerWire, subscriptionsWire } from './wire.ts';

interface Sample {
  readonly client: LineworksClient;
  readonly signal: AbortSignal | undefined;
  readonly rows: readonly unknown[];
  readonly readings: readonly Reading[];
}

const checks: Checks<typeof lineworksAssumptions, Sample> = {
  'rate-limit': ({ client }) => {
    const limit = client.probe.rateHeaders()['ratelimit-limit'];
    return limit === undefined ? fails('No answer gives a limit.') : holds(`The limit is ${limit} calls.`);
  },
  'start-paid-product': 'Only a write can show it.',
  'subscription-id-unique': ({ readings }) => {
    const ids = new Set(readings.map(({ subscription }) => subscription.id));
    if (ids.size < 2) return open('There are too few subscriptions to compare.');
    const twice = readings.length - ids.size;
    return twice === 0
      ? holds(`All ${ids.size} ids differ.`)
      : fails(`${twice} of ${readings.length} ids occur twice.`);
  },
  'vendor-day': 'Only a reservation for the next day can show it.',
  'none-answers': noneCheck,
  'license-plans': planCheck,
  'paid-codes': codesCheck,
  'lineworks-status-words': statusWordsHold,
  'unknown-customer': async ({ client, signal }) => {
    const { status } = await client.probe.ask({ path: subscriptionsPath('999999999999'), signal });
    return status === 404 ? holds('The answer is 404.') : fails(`The answer is ${status}.`);
  },
};

const mostCustomers = 20;

/** Reads the first customers and what they have. Throws `FaultError` where nothing can be read. */
export async function probeLineworks(setup: VendorSetup, signal?: AbortSignal): Promise<ProbeReport> {
  const client = openClient(setup);
  const query = { count: mostCustomers, orderBy: 'name asc' };
  const list = await client.probe.ask({ path: '/partners/customers', query, signal });
  const page = v.safeParse(customersWire, list.body);
  const objects = page.success ? page.output.customers : [];
  const customers = objects.flatMap((object) => {
    const wire = readRow(customerWire, object)?.row;
    return (wire && customerOf(wire)) ?? [];
  });
  const rows: unknown[] = [];
  const readings: Reading[] = [];
  for (const customer of customers) {
    const found = await subscriptionsOf(client, customer, signal);
    rows.push(...found);
    readings.push(...found.map((row) => client.readingOf(row, customer)).filter((reading) => reading !== null));
  }
  return runProbe({
    vendor: 'lineworks',
    assumptions: lineworksAssumptions,
    client: client.probe,
    sample: { client, signal, rows, readings },
    checks,
    shapes: [shapeOf('a customer', objects)],
    error: await client.probe.ask({ path: path`/partners/customers/${'999999999999'}`, signal }),
  });
}

async function subscriptionsOf(client: LineworksClient, { organization }: Customer, signal: AbortSignal | undefined) {
  const { body } = await client.probe.ask({ path: subscriptionsPath(organization.id), signal });
  const found = v.safeParse(subscriptionsWire, body);
  return found.success ? found.output.subscriptions : [];
}

/** What is reserved for the first rows: mostly nothing. */
async function noneCheck({ client, signal, readings }: Sample): Promise<Checked> {
  const answers: ProbeAnswer[] = [];
  for (const { subscription } of readings.slice(0, 8))
    answers.push(await client.probe.ask({ path: `${subscriptionPath(subscription)}/reservation`, signal }));
  if (answers.length === 0) return open('There is no subscription.');
  const others = answers.filter(({ status, body }) => status !== 404 && !(status < 300 && isObjectOrNull(body)));
  if (others.length > 0)
    return fails(`The answers are ${[...new Set(others.map(({ status }) => status))].join(', ')}.`);
  const none = answers.filter(({ status, body }) => status === 404 || isEmpty(body)).length;
  return none === 0
    ? open('Each of the first subscriptions has a reservation.')
    : holds(`${none} of ${answers.length} have none.`);
}

function isObjectOrNull(body: unknown): boolean {
  return typeof body === 'object' && !Array.isArray(body);
}

function isEmpty(body: unknown): boolean {
  return body === null || (typeof body === 'object' && Object.keys(body).length === 0);
}

function codesCheck({ readings }: Sample): Checked {
  const paid = readings.filter(({ subscription: { billing } }) => billing !== null && !isUnpaidPlan(billing));
  if (paid.length === 0) return open('There is no paid subscription.');
  const other = paid.filter(
    ({ subscription: { billing, product } }) =>
      !paidPlans.includes(billing ?? '') || !paidProducts.includes(product?.id ?? ''),
  );
  return other.length === 0
    ? holds(`All ${paid.length} paid subscriptions have a documented product and plan.`)
    : fails(`${other.length} of ${paid.length} paid subscriptions have another product or plan.`);
}

function planCheck({ readings }: Sample): Checked {
  const plans = readings.filter(({ subscription }) => subscription.billing !== null);
  if (plans.length === 0) return open('There is no subscription with a plan.');
  const odd = plans.filter(
    ({ subscription }) => isLicensePlan(subscription.billing ?? '') && subscription.quantity === null,
  ).length;
  return odd === 0
    ? holds(`It holds for all ${plans.length} plans.`)
    : fails(`${odd} licence plans have no licence count.`);
}
