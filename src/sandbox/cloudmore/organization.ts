import type { Context } from 'hono';
import { jsonFields } from '../body.ts';
import { jsonArray } from '../stream.ts';
import type { Ground, SandboxApp, SandboxEnv } from '../vendor.ts';
import { missing, ok } from './answers.ts';
import { cancel, create, update } from './changes.ts';
import type { Book } from './dataset.ts';
import { history } from './history.ts';
import { offerOf } from './level-models.ts';
import { ownOrganization } from './reseller.ts';
import type { Row } from './row.ts';
import { organizationView } from './views.ts';

const service = '/api/resellers/:resellerId/organizations/:organizationId/services/:serviceId';

interface Place {
  readonly organization: number;
  readonly offer: number;
}

/** The six operations of "Organization Level Operations", history in both spellings. */
export function organizationRoutes(app: SandboxApp, ground: Ground, book: Book): void {
  const { time } = ground;

  app.get(`${service}/subscriptions`, (c) => {
    const place = placeOf(book, c);
    return place === null ? missing('service') : jsonArray(views(book, place));
  });
  app.post(`${service}/subscriptions`, async (c) => {
    const place = placeOf(book, c);
    if (place === null) return missing('service');
    return create(book, time, place.organization, place.offer, c.get('holder'), await jsonFields(c));
  });
  for (const path of ['subscriptionshistory', 'subscriptions/history']) {
    app.get(`${service}/${path}/:subscriptionId`, (c) => {
      const row = rowIn(book, c);
      return row === null ? missing('subscription') : ok(history(book, row));
    });
  }
  app.get(`${service}/subscriptions/:subscriptionId`, (c) => {
    const row = rowIn(book, c);
    return row === null ? missing('subscription') : ok(organizationView(book, row));
  });
  app.put(`${service}/subscriptions/:subscriptionId`, async (c) => {
    const row = rowIn(book, c);
    return row === null ? missing('subscription') : update(book, time, row, c.get('holder'), await jsonFields(c));
  });
  app.delete(`${service}/subscriptions/:subscriptionId`, (c) => {
    const row = rowIn(book, c);
    return row === null ? missing('subscription') : cancel(book, time, row, c.get('holder'));
  });
}

/** The organization and service that a path names, where the broker has them. */
function placeOf(book: Book, c: Context<SandboxEnv>): Place | null {
  const organization = ownOrganization(book, c.req.param('organizationId'));
  const offer = offerOf(book, c.req.param('serviceId') ?? '');
  return organization === null || offer === null ? null : { organization, offer };
}

/** The subscription that a path names, where it stands under that very organization and service. */
function rowIn(book: Book, c: Context<SandboxEnv>): Row | null {
  const place = placeOf(book, c);
  const row = book.rows.get(book.ids.subscription.indexOf(c.req.param('subscriptionId') ?? '') ?? -1);
  return place !== null && row?.organization === place.organization && row.offer === place.offer ? row : null;
}

function* views(book: Book, { organization, offer }: Place): Generator<unknown> {
  for (const row of book.rowsOf(organization)) if (row.offer === offer) yield organizationView(book, row);
}
