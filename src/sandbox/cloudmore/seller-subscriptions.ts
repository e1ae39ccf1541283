import { jsonFields } from '../body.ts';
import { jsonArray } from '../stream.ts';
import type { Ground, SandboxApp } from '../vendor.ts';
import { businessError, missing, ok } from './answers.ts';
import { deleteActions, deleteParameters } from './assumptions.ts';
import { cancel, remove, setLicenseKey } from './changes.ts';
import type { Book } from './dataset.ts';
import { offerOf } from './level-models.ts';
import type { Row } from './row.ts';
import { sellerView } from './views.ts';

const subscriptions = '/api/sellers/:sellerId/subscriptions';

/** The five operations of "Seller Level Operations". Literal segments stand before ids. */
export function sellerSubscriptionRoutes(app: SandboxApp, ground: Ground, book: Book): void {
  const rowOf = (id: string | undefined): Row | null => book.rows.get(book.ids.subscription.indexOf(id ?? '') ?? -1);

  app.get(subscriptions, () => jsonArray(viewsOf(book, allRows(book))));

  app.get(`${subscriptions}/service/:serviceId`, (c) => {
    const offer = offerOf(book, c.req.param('serviceId') ?? '');
    return offer === null ? missing('service') : jsonArray(viewsOf(book, book.rowsOfOffer(offer)));
  });

  app.put(`${subscriptions}/setlicensekey/:id`, async (c) => {
    const row = rowOf(c.req.param('id'));
    return row === null
      ? missing('subscription')
      : setLicenseKey(book, ground.time, row, c.get('holder'), await jsonFields(c));
  });

  app.get(`${subscriptions}/:id`, (c) => {
    const row = rowOf(c.req.param('id'));
    return row === null ? missing('subscription') : ok(sellerView(book, row));
  });

  app.delete(`${subscriptions}/:id`, (c) => {
    const row = rowOf(c.req.param('id'));
    if (row === null) return missing('subscription');
    const [action, other] = deleteParameters.flatMap((name) => queryParameter(c.req.url, name)?.toLowerCase() ?? []);
    if (other === undefined || other === action) {
      if (action === deleteActions[0]) return cancel(book, ground.time, row, c.get('holder'));
      if (action === deleteActions[1]) return remove(book, row);
    }
    return businessError(400, 'InvalidValue', 'The parameter action must be Cancel or Delete.');
  });
}

function* viewsOf(book: Book, rows: Iterable<Row>): Generator<unknown> {
  for (const row of rows) yield sellerView(book, row);
}

function* allRows(book: Book): Generator<Row> {
  for (const index of book.rows.indexes()) {
    const row = book.rows.get(index);
    if (row !== null) yield row;
  }
}

/** ASP.NET reads the names of query parameters in any case. */
function queryParameter(url: string, wanted: string): string | undefined {
  return [...new URL(url).searchParams].find(([name]) => name.toLowerCase() === wanted)?.[1];
}
