import type { Context } from 'hono';
import { jsonFields } from '../body.ts';
import type { SandboxApp, SandboxEnv } from '../vendor.ts';
import { missing, ok, problem } from './answers.ts';
import { acceptedStatus, planAnswer } from './assumptions.ts';
import type { Dataset } from './dataset.ts';
import { dateText } from './dates.ts';
import { characteristics, customFields, instalments } from './details.ts';
import { listingOf } from './listing.ts';
import type { Row } from './row.ts';
import { subscriptionsOf, subscriptionView } from './views.ts';

const one = '/api/subscriptions/:subscriptionId';

/** The reads of both editions and the changes of the Standard one. */
export function subscriptionRoutes(app: SandboxApp, datasetOf: (holder: string) => Dataset): void {
  const list = listingOf(subscriptionsOf);
  const found = (c: Context<SandboxEnv>, answer: (dataset: Dataset, row: Row) => Response | Promise<Response>) => {
    const dataset = datasetOf(c.get('holder'));
    const row = dataset.rows.get(dataset.ids.subscription.indexOf(c.req.param('subscriptionId') ?? '') ?? -1);
    return row === null ? missing('subscription') : answer(dataset, row);
  };

  app.get('/api/subscriptions', (c) => list(datasetOf(c.get('holder')), c));
  app.get(one, (c) => found(c, (dataset, row) => ok(subscriptionView(dataset, row))));
  app.get(`${one}/characteristics`, (c) => found(c, (dataset, row) => ok(characteristics(dataset, row))));
  app.get(`${one}/customfields`, (c) => found(c, (dataset, row) => ok(customFields(dataset, row))));
  app.get(`${one}/currentinstallmentplan`, (c) =>
    found(c, (_, row) => {
      const answer = planAnswer(row.index);
      return answer === 'missing' ? missing('installment plan') : ok(answer === 'null' ? null : instalments(row));
    }),
  );
  app.get(`${one}/addons`, (c) => found(c, (_, row) => ok(row.addons)));
  app.get(`${one}/quantityrequest/:requestId`, (c) =>
    found(c, (dataset, row) => {
      const id = c.req.param('requestId') ?? '';
      const request = dataset.requests.find(id, row.index, dataset.ids.subscription.of(row.index));
      return request === null ? missing('quantity request') : ok(request);
    }),
  );
  app.post(`${one}/cancel`, (c) => found(c, cancel));
  app.post(`${one}/quantity`, (c) => found(c, async (dataset, row) => lower(dataset, row, await jsonFields(c))));
  app.post(`${one}/addons/:addonId/cancelendofbillingperiod`, (c) =>
    found(c, (dataset, row) => cancelAddon(dataset, row, c.req.param('addonId') ?? '')),
  );
}

function cancel(dataset: Dataset, row: Row): Response {
  if (row.status === 'Cancelled') return problem(400, 'InvalidOperation', 'The subscription is already cancelled.');
  const changed = dataset.rows.patch(row.index, { status: 'Cancelled', end: dateText(dataset.time.now()) }) ?? row;
  return ok(subscriptionView(dataset, changed));
}

function lower(dataset: Dataset, row: Row, fields: ReadonlyMap<string, unknown> | null): Response {
  const asked = fields?.get('quantity');
  if (typeof asked !== 'number' || !Number.isInteger(asked) || asked < 1)
    return problem(400, 'InvalidQuantity', 'The quantity must be a whole number from 1.');
  const quantity = dataset.readings['decrease-quantity'] === 'amount' ? (row.quantity ?? 0) - asked : asked;
  if (quantity < 1) return problem(400, 'InvalidQuantity', 'At least one has to stay.');
  if (row.status !== 'Active') return problem(400, 'InvalidOperation', 'The subscription is not active.');
  if (quantity >= (row.quantity ?? 0))
    return problem(
      400,
      'InvalidQuantity',
      'The quantity must be lower than the current one; place an order to raise it.',
    );
  if (dataset.requests.isRunning(row.index))
    return problem(400, 'QuantityRequestInProgress', 'Another quantity request of this subscription is in progress.');
  return ok(dataset.requests.ask(row.index, quantity, dataset.ids.subscription.of(row.index)), acceptedStatus);
}

function cancelAddon(dataset: Dataset, row: Row, id: string): Response {
  const addon = row.addons.find((each) => each.id === id);
  if (addon === undefined) return missing('add-on');
  if (addon.cancelAtPeriodEnd)
    return problem(400, 'InvalidOperation', 'The add-on is already set to end with its billing period.');
  const scheduled = { ...addon, cancelAtPeriodEnd: true };
  dataset.rows.patch(row.index, { addons: row.addons.map((each) => (each.id === id ? scheduled : each)) });
  return ok(scheduled);
}
