import type { Context } from 'hono';
import { jsonFields } from '../body.ts';
import { jsonArray } from '../stream.ts';
import type { Ground, SandboxApp, SandboxEnv } from '../vendor.ts';
import { missing, ok } from './answers.ts';
import { cancel, create, update } from './changes.ts';
import type { Dataset } from './dataset.ts';
import { history } from './history.ts';
import { offerOf } from './level-models.ts';
import { ownOrganization } from './reseller.ts';
import type { Row } from './row.ts';
import { organizationView } from './views.ts';

const service = '/api/resellers/:resellerId/organizations/:organizationId/services/:serviceId';

interface ServicePlace {
  readonly organization: number;
  readonly offer: number;
}

/** The six operations of "Organization Level Operations", history in both spellings. */
export function organizationRoutes(app: SandboxApp, ground: Ground, dataset: Dataset): void {
  const { time } = ground;

  app.get(`${service}/subscriptions`, (c) => {
    const scope = placeOf(dataset, c);
    return scope === null ? missing('service') : jsonArray(views(dataset, scope));
  });
  app.post(`${service}/subscriptions`, async (c) => {
    const scope = placeOf(dataset, c);
    if (scope === null) return missing('service');
    return create(dataset, time, scope.organization, scope.offer, c.get('holder'), await jsonFields(c));
  });
  const paths = { document: ['subscriptionshistory'], swagger: ['subscriptions/history'] };
  const { 'history-path': read } = dataset.readings;
  for (const path of read === 'either' ? Object.values(paths).flat() : paths[read]) {
    app.get(`${service}/${path}/:subscriptionId`, (c) => {
      const row = rowIn(dataset, c);
      return row === null ? missing('subscription') : ok(history(dataset, row));
    });
  }
  app.get(`${service}/subscriptions/:subscriptionId`, (c) => {
    const row = rowIn(dataset, c);
    return row === null ? missing('subscription') : ok(organizationView(dataset, row));
  });
  app.put(`${service}/subscriptions/:subscriptionId`, async (c) => {
    const row = rowIn(dataset, c);
    return row === null ? missing('subscription') : update(dataset, time, row, c.get('holder'), await jsonFields(c));
  });
  app.delete(`${service}/subscriptions/:subscriptionId`, (c) => {
    const row = rowIn(dataset, c);
    return row === null ? missing('subscription') : cancel(dataset, time, row, c.get('holder'));
  });
}

/** The organization and service that a path names, where the broker has them. */
function placeOf(dataset: Dataset, c: Context<SandboxEnv>): ServicePlace | null {
  const organization = ownOrganization(dataset, c.req.param('organizationId'));
  const offer = offerOf(dataset, c.req.param('serviceId') ?? '');
  return organization === null || offer === null ? null : { organization, offer };
}

/** The subscription that a path names, where it stands under that very organization and service. */
function rowIn(dataset: Dataset, c: Context<SandboxEnv>): Row | null {
  const scope = placeOf(dataset, c);
  const row = dataset.rows.get(dataset.ids.subscription.indexOf(c.req.param('subscriptionId') ?? '') ?? -1);
  return scope !== null && row?.organization === scope.organization && row.offer === scope.offer ? row : null;
}

function* views(dataset: Dataset, { organization, offer }: ServicePlace): Generator<unknown> {
  for (const row of dataset.rowsOf(organization)) if (row.offer === offer) yield organizationView(dataset, row);
}
