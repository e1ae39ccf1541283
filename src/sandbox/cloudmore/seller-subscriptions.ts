import { jsonFields } from '../body.ts';
import { jsonArray } from '../stream.ts';
import type { Ground, SandboxApp } from '../vendor.ts';
import { businessError, missing, ok } from './answers.ts';
import { deleteActions, deleteParameters } from './assumptions.ts';
import { cancel, remove, setLicenseKey } from './changes.ts';
import type { Dataset } from './dataset.ts';
import { offerOf } from './level-models.ts';
import type { Row } from './row.ts';
import { sellerView } from './views.ts';

const subscriptions = '/api/sellers/:sellerId/subscriptions';

/** The five operations of "Seller Level Operations". Literal segments stand before ids. */
export function sellerSubscriptionRoutes(app: SandboxApp, ground: Ground, dataset: Dataset): void {
  const rowOf = (id: string | undefined): Row | null =>
    dataset.rows.get(dataset.ids.subscription.indexOf(id ?? '') ?? -1);

  app.get(subscriptions, () => jsonArray(viewsOf(dataset, allRows(dataset))));

  app.get(`${subscriptions}/service/:serviceId`, (c) => {
    const offer = offerOf(dataset, c.req.param('serviceId') ?? '');
    return offer === null ? missing('service') : jsonArray(viewsOf(dataset, dataset.rowsOfOffer(offer)));
  });

  app.put(`${subscriptions}/setlicensekey/:id`, async (c) => {
    const row = rowOf(c.req.param('id'));
    return row === null
      ? missing('subscription')
      : setLicenseKey(dataset, ground.time, row, c.get('holder'), await jsonFields(c));
  });

  app.get(`${subscriptions}/:id`, (c) => {
    const row = rowOf(c.req.param('id'));
    return row === null ? missing('subscription') : ok(sellerView(dataset, row));
  });

  app.delete(`${subscriptions}/:id`, (c) => {
    const row = rowOf(c.req.param('id'));
    if (row === null) return missing('subscription');
    const manner = dataset.readings['removal-parameter'];
    const given = deleteParameters[manner].flatMap((name) => queryParameter(c.req.url, name)?.toLowerCase() ?? []);
    const [action = manner === 'either' ? undefined : deleteActions[1], other] = given;
    if (other === undefined || other === action) {
      if (action === deleteActions[0]) return cancel(dataset, ground.time, row, c.get('holder'));
      if (action === deleteActions[1]) return remove(dataset, row);
    }
    return businessError(400, 'InvalidValue', 'The parameter action must be Cancel or Delete.');
  });
}

function* viewsOf(dataset: Dataset, rows: Iterable<Row>): Generator<unknown> {
  for (const row of rows) yield sellerView(dataset, row);
}

function* allRows(dataset: Dataset): Generator<Row> {
  for (const index of dataset.rows.indexes()) {
    const row = dataset.rows.get(index);
    if (row !== null) yield row;
  }
}

/** ASP.NET reads the names of query parameters in any case. */
function queryParameter(url: string, wanted: string): string | undefined {
  return [...new URL(url).searchParams].find(([name]) => name.toLowerCase() === wanted)?.[1];
}
