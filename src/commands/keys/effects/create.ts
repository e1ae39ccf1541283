import { create } from '../../../operations/create.ts';
import { operationOf } from '../../../operations/registry.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import type { Chosen, Creation } from '../../../state/creation.ts';
import { rowUnderCursor } from '../../../state/list.ts';
import type { Menu, MenuEntry, Overlay } from '../../../state/overlay.ts';
import { rowId } from '../../../state/row-id.ts';
import type { Crumb, Trail } from '../../../state/trail.ts';
import { formProblem } from '../../../state/updates/form.ts';
import { keepingAnswer } from '../../../sync/keep-answer.ts';
import { findConnection } from '../../find.ts';
import { placeOf } from '../../kept-reads.ts';
import { requestedBy } from './actions.ts';
import type { Using } from './deps.ts';
import { crumbOf } from './descend.ts';
import { fieldOf } from './input-fields.ts';
import { planWriteRequest } from './plan-request.ts';
import { type Next, notice, showWait } from './wait-overlay.ts';

const title = 'New subscription';

/**
 * Where a new subscription would be created: the organization, and the service if known, of the screen or its cursor.
 */
export function creationAt(state: ConsoleState): Creation | null {
  const screen = topScreen(state);
  if (screen.kind === 'level') {
    const node = rowUnderCursor(screen.list, rowId.level);
    return within(node === null ? screen.trail : [...screen.trail, crumbOf(node)]);
  }
  if (screen.kind !== 'subscriptions') return null;
  const here = within(screen.trail);
  const row = rowUnderCursor(screen.list, rowId.subscriptions);
  if (here !== null || row === null || row.organization === null) return here;
  const { connection, organization } = row;
  return { kind: 'creation', connection, organization, service: null, product: null };
}

function within(trail: Trail): Creation | null {
  const organization = trail.find(({ pin }) => pin.level === 'organization');
  const named = organization === undefined ? null : namedBy(organization);
  if (organization === undefined || named === null) return null;
  const service = trail.find(({ pin }) => pin.level === 'service');
  const { connection } = organization.pin;
  return {
    kind: 'creation',
    connection,
    organization: named,
    service: service === undefined ? null : namedBy(service),
    product: null,
  };
}

function namedBy({ pin, name, implied }: Crumb): Chosen | null {
  return pin.id === null || implied ? null : { id: pin.id, name };
}

export function beginCreation(store: ConsoleStore, deps: Using<'cache' | 'clock' | 'connections' | 'writes'>): void {
  const creation = creationAt(store.getState());
  if (creation === null) return;
  void showWait(store, deps, 'Asking what can be created…', async (signal) => {
    const { abilities } = await deps.context.connections.vendor(creation.connection);
    if (typeof abilities.create !== 'function') return notice(title, abilities.create.no);
    const denied = deps.context.writes.denied();
    if (denied !== null) return { ...notice(title, denied.message), fault: denied };
    return creation.service === null ? serviceMenu(deps, creation) : productMenu(deps, creation, signal);
  });
}

/** Handles the choice in the menu of services or of products. */
export function chooseForCreation(
  store: ConsoleStore,
  deps: Using<'cache' | 'clock' | 'connections'>,
  creation: Creation,
  { id, label }: MenuEntry,
): void {
  if (creation.service !== null) {
    store.update((state) => ({ ...state, overlay: formOf({ ...creation, product: { id, name: label } }) }));
    return;
  }
  void showWait(store, deps, 'Reading the price list…', (signal) =>
    productMenu(deps, { ...creation, service: { id, name: label } }, signal),
  );
}

/** Every service of the connection: an organization may get one that it does not have yet. */
function serviceMenu({ context }: Using<'cache'>, creation: Creation): Next {
  const { rows } = context.cache.levelWindow({
    level: 'service',
    scope: [],
    connections: [creation.connection],
    search: null,
    sort: null,
    offset: 0,
    limit: mostServices,
  });
  const entries = rows.flatMap(({ id, name }) => (id === null ? [] : [entry(id, name, null)]));
  if (entries.length === 0) return notice(title, 'No service is known here. Press r to refresh.');
  return menu('services', `${title} for ${creation.organization.name}: which service?`, entries, creation);
}

const mostServices = 1000;

async function productMenu(
  { context }: Using<'cache' | 'clock' | 'connections'>,
  creation: Creation,
  signal: AbortSignal,
): Promise<Next> {
  const { connection, organization, service } = creation;
  const vendor = await context.connections.vendor(connection);
  const { products: ability } = vendor.abilities;
  if (typeof ability !== 'function') return notice(title, ability.no);
  const where = { organization: organization.id, service: service?.id ?? null, reseller: null };
  const place = placeOf(where, findConnection(context, connection).productsBy);
  const key = { connection, place, read: 'products' } as const;
  const { value: products } = await keepingAnswer(context, vendor, key, () => ability(place, signal));
  const entries = products.map(({ id, name, price }) =>
    entry(id, name, price === null ? null : [price.amount, price.currency].filter(Boolean).join(' ')),
  );
  if (entries.length === 0) return notice(title, `The price list of ${service?.name ?? 'it'} is empty.`);
  return menu('products', `${service?.name ?? title}: which product?`, entries, creation);
}

function entry(id: string, label: string, note: string | null): MenuEntry {
  return { id, label, note, unavailable: null };
}

function menu(purpose: Menu['purpose'], said: string, entries: readonly MenuEntry[], creation: Creation): Menu {
  return { kind: 'menu', purpose, title: said, entries, cursor: entries[0]?.id ?? null, subject: null, creation };
}

/** The fields of its form: organization, service and product were chosen before. */
const asked = create.inputs.filter(({ kind }) => kind !== 'id');

function formOf(subject: Creation): Overlay {
  const [first, ...rest] = asked.map((input) => fieldOf(input, null));
  if (first === undefined) return notice(title, 'There is nothing to fill in.');
  return {
    kind: 'form',
    form: { action: create.id, title, subject, fields: [first, ...rest], focus: 0, reason: null, problem: null },
  };
}

/** Turns the filled form into a write request and plans it. */
export function planCreation(
  store: ConsoleStore,
  deps: Using<'clock' | 'writes'>,
  { connection, organization, service, product }: Creation,
  values: Readonly<Record<string, string>>,
): void {
  if (service === null || product === null) return;
  const places = { connection, organization: organization.id, service: service.id, product: product.id };
  const requested = requestedBy(operationOf({ verb: create.id }), asked, values, null, places);
  if (requested.ok) void planWriteRequest(store, deps, requested.writeRequest, null);
  else store.update((state) => formProblem(state, requested.problem));
}
