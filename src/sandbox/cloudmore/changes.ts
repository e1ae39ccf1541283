import { secondText } from '../lifecycle.ts';
import type { SandboxTime } from '../time.ts';
import { businessError, done, invalid, ok } from './answers.ts';
import { isFinal, licenseKeyField } from './assumptions.ts';
import type { Dataset } from './dataset.ts';
import { orderedProduct, quantityIn } from './order-input.ts';
import { offerAt, planAt, type Row, statusOf, statusWord } from './row.ts';
import { organizationView } from './views.ts';
import type { HistoryEntry } from './wire.ts';

type Fields = ReadonlyMap<string, unknown> | null;

/** POST: answers 201 with the new subscription, or why there is none. */
export function create(
  dataset: Dataset,
  time: SandboxTime,
  organization: number,
  offer: number,
  user: string,
  fields: Fields,
): Response {
  const product = orderedProduct(dataset, offer, fields);
  if (product instanceof Response) return product;
  const quantity = quantityIn(offerAt(offer).metered, fields);
  if (quantity instanceof Response) return quantity;
  const name = nameIn(fields);
  if (name instanceof Response) return name;
  const now = secondText(time.now());
  const row = dataset.rows.add((index) => ({
    index,
    organization,
    offer,
    plan: product,
    name: name ?? planAt(offer, product).name,
    status: statusOf('Active', false),
    quantity,
    licenseKey: null,
    currency: [...dataset.rowsOf(organization)].find((sibling) => sibling.offer === offer)?.currency ?? 'EUR',
    start: now.slice(0, 10),
    end: secondText(time.now() + 365 * 86_400_000),
    cancelled: null,
    trial: false,
    addons: 0,
  }));
  dataset.remember(row.index, [{ date: now, action: 'Created', user }]);
  return ok(organizationView(dataset, row), 201);
}

/** PUT: answers 200 with the changed subscription. */
export function update(dataset: Dataset, time: SandboxTime, row: Row, user: string, fields: Fields): Response {
  if (isFinal(statusWord(row.status)))
    return businessError(400, 'OperationNotAllowed', 'A cancelled subscription cannot be changed.');
  const quantity = quantityIn(offerAt(row.offer).metered, fields);
  if (quantity instanceof Response) return quantity;
  const name = nameIn(fields);
  if (name instanceof Response) return name;
  const date = secondText(time.now());
  const entries: HistoryEntry[] = [];
  const changed = (property: string, from: string | null, to: string | null) => {
    if (from !== to) entries.push({ date, action: 'Updated', user, property, oldValue: from, newValue: to });
  };
  changed('Quantity', textOf(row.quantity), textOf(quantity));
  if (name !== null) changed('Name', row.name, name);
  const cleared = dataset.readings['omitted-name'] === 'cleared' ? { name: null } : {};
  const next = dataset.rows.patch(row.index, { quantity, ...(name === null ? cleared : { name }) }) ?? row;
  dataset.remember(row.index, entries);
  return ok(organizationView(dataset, next));
}

/** Keeps the row as Cancelled: 204. */
export function cancel(dataset: Dataset, time: SandboxTime, row: Row, user: string): Response {
  const before = statusWord(row.status);
  if (isFinal(before)) return businessError(400, 'OperationNotAllowed', 'The subscription is already cancelled.');
  const date = secondText(time.now());
  dataset.rows.patch(row.index, { status: statusOf('Cancelled', typeof row.status === 'object'), cancelled: date });
  dataset.remember(row.index, [
    { date, action: 'Cancelled', user, property: 'Status', oldValue: before, newValue: 'Cancelled' },
  ]);
  return done();
}

/** Takes the row away for good: 204, and the subscription is missing from then on. */
export function remove(dataset: Dataset, row: Row): Response {
  dataset.rows.remove(row.index);
  return done();
}

/** PUT SetLicenseKey: 204. The history says that the key was set, never the key. */
export function setLicenseKey(dataset: Dataset, time: SandboxTime, row: Row, user: string, fields: Fields): Response {
  const key = fields?.get(licenseKeyField);
  if (typeof key !== 'string' || key.trim() === '')
    return invalid({ LicenseKey: ['The LicenseKey field is required.'] });
  if (!offerAt(row.offer).licenseKeys)
    return businessError(400, 'OperationNotAllowed', 'License keys are not enabled for this service.');
  if (isFinal(statusWord(row.status)))
    return businessError(400, 'OperationNotAllowed', 'A cancelled subscription takes no license key.');
  dataset.rows.patch(row.index, { licenseKey: key });
  dataset.remember(row.index, [{ date: secondText(time.now()), action: 'LicenseKeySet', user }]);
  return done();
}

function nameIn(fields: Fields): string | null | Response {
  const name = fields?.get('name') ?? null;
  if (name === null) return null;
  if (typeof name !== 'string') return invalid({ Name: ['The Name field must be a string.'] });
  return name.length <= 255
    ? name
    : invalid({ Name: ['The field Name must be a string with a maximum length of 255.'] });
}

function textOf(quantity: number | null): string | null {
  return quantity === null ? null : String(quantity);
}
