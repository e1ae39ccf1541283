import * as v from 'valibot';
import { can, type Vendor } from '../api/contract.ts';
import { type Fault, fault } from '../model/fault.ts';
import { formatReference } from '../model/reference.ts';
import type { RememberedName } from '../model/remembered-name.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Named, Product } from '../model/subscription.ts';
import type { DraftedCreation, KnownPlaces } from './creation.ts';
import { fieldEvidence } from './field-evidence.ts';
import { hinted, type Input, noHint, startsEmpty } from './input.ts';
import {
  asTheVendorSays,
  type CreationOperation,
  endsNothing,
  neverPointless,
  noSecret,
  wholeSubscription,
} from './operation.ts';
import { changesNothing, deniedByVendor } from './preparation.ts';
import { factsOf, wordOf } from './proof.ts';
import { otherwise, unchanged } from './proof-result.ts';
import { quantityFault } from './quantity.ts';
import { quantity } from './request-shapes.ts';

const schema = v.object({
  verb: v.literal('create'),
  connection: v.string(),
  organizationId: v.string(),
  serviceId: v.string(),
  productId: v.string(),
  quantity,
  name: v.nullable(v.string()),
});
type Request = Readonly<v.InferOutput<typeof schema>>;

const place = { kind: 'id', words: 'flag', isRequired: true, hint: noHint } as const;

const inputs: readonly Input[] = [
  { ...place, name: 'connection', placeholder: 'C', help: 'the connection', label: 'Connection' },
  { ...place, name: 'organization', placeholder: 'O', help: "the organization's id", label: 'Organization' },
  { ...place, name: 'service', placeholder: 'S', help: "the service's id", label: 'Service' },
  {
    ...{ ...place, name: 'product', words: 'pair', placeholder: '…', label: 'Product' },
    help: "a product's id: subdeck product list shows them",
  },
  {
    ...{ name: 'quantity', kind: 'quantity', words: 'pair', placeholder: '…', isRequired: true, label: 'Quantity' },
    ...{ help: 'a whole number', hint: noHint },
  },
  {
    ...{ name: 'name', kind: 'text', words: 'pair', placeholder: '…', isRequired: false, label: 'Name' },
    ...{ help: 'the name', hint: hinted('if empty, the vendor names it'), present: startsEmpty, list: null },
  },
];

export const create: CreationOperation<'create', Request, 'create'> = {
  kind: 'creation',
  id: 'create',
  summary: 'create a subscription from a price list',
  command: 'subscription create',
  examples: ['subscription create --connection nordic --organization o-1 --service s-1 product=p-1 quantity=5'],
  title: () => 'Create a subscription',
  irreversible: asTheVendorSays,
  abilities: { create: 'create' },
  needs: ['create'],
  pointless: neverPointless,
  inputs,
  otherInputs: 'refused',
  schema,
  request: (_, given) => ({
    verb: 'create',
    connection: given.connection ?? '',
    organizationId: given.organization ?? '',
    serviceId: given.service ?? '',
    productId: given.product ?? '',
    quantity: Number(given.quantity),
    name: given.name ?? null,
  }),
  texts: ({ name }) => (name === null ? [] : [{ what: 'The name', text: name, isTrimmed: false }]),
  part: wholeSubscription,
  secret: noSecret,
  menu: null,
  marked: [],
  shows: 'sentence',
  labels: { productId: 'Product' },
  seatsAfter: () => null,
  ending: endsNothing,
  changes: ['subscription'],
  noWayBack: 'A new subscription ends by its cancellation, which cannot be undone.',
  proof: {
    by: 'product, name and quantity of the new subscription that the answer names. Without such an answer the outcome is unknown',
    async prove(evidence) {
      const { now, after } = evidence;
      if (now === null) return unchanged('The vendor does not list the new subscription.', 'not there');
      const { status } = now.subscription;
      if (status === 'cancelled' || status === 'expired' || status === 'error') {
        const word = wordOf(now.subscription);
        return otherwise(`The vendor shows the new subscription as ${word}.`, word);
      }
      const facts = await factsOf(evidence, now);
      // A vendor that bills by usage shows no quantity.
      const { quantity: _, ...others } = after;
      const requested = now.subscription.quantity === null ? others : after;
      return fieldEvidence({}, requested, { ...facts, productId: now.subscription.product?.id ?? null }, now.exact);
    },
  },
  connection: (request) => request.connection,
  ref: ({ connection, organizationId, serviceId, productId }) =>
    `${creationsFor(connection, organizationId)}${serviceId}/${productId}`,
  draft: draftCreation,
};

/** What the REFs of creations for an organization begin with: a new subscription has no id yet. */
export function creationsFor(connection: string, organizationId: string): string {
  return formatReference({ connection, id: `new:${organizationId}/` });
}

async function draftCreation(
  places: KnownPlaces,
  vendor: Vendor,
  request: Request,
  signal?: AbortSignal,
): Promise<DraftedCreation> {
  const { create: ability, products } = vendor.abilities;
  const { connection, planReads } = vendor;
  const failed = (wrong: Fault): DraftedCreation => ({
    drafted: { kind: 'fault', fault: wrong },
    organization: null,
    remembered: [],
    price: null,
  });
  if (!can(ability)) return failed(deniedByVendor(ability, connection));
  if (!can(products)) return failed(deniedByVendor(products, connection));
  const wrong = quantityFault(request.quantity);
  if (wrong !== null) return failed(wrong);
  if (planReads === null) return failed(deniedByVendor(changesNothing, connection));

  const missing = (what: string, id: string, next: string) =>
    failed(fault('missing', `There is no ${what} ${id} on ${connection}.`, next, { connection }).fault);
  const remembered: RememberedName[] = [];
  /** The vendor's current name. If the vendor gives none, the cached one is used and marked as cached. */
  const named = async (level: 'organization' | 'service', id: string): Promise<Named | null> => {
    const found = await planReads.place(level, id, signal);
    if (found.isSaid) return found.named;
    const known = places.name(level, id);
    if (known === null) return null;
    remembered.push({ what: level, id, ...known });
    return found.named;
  };
  const sync = `To read them again: subdeck sync ${shellWord(connection)}`;
  const organization = await named('organization', request.organizationId);
  if (organization === null) return missing('organization', request.organizationId, sync);
  const service = await named('service', request.serviceId);
  if (service === null) return missing('service', request.serviceId, sync);

  const reseller = places.resellerOf(organization.id);
  const list = await products({ organization: organization.id, service: service.id, reseller }, signal);
  const product = list.find(({ id }) => id === request.productId);
  if (product === undefined) {
    return missing('product', request.productId, offeredText(list, connection, request));
  }
  const draft = ability({ reseller, organization, service, product, quantity: request.quantity, name: request.name });
  return { drafted: { kind: 'draft', verb: 'create', draft }, organization, remembered, price: product.price };
}

const mostNamed = 10;

/** What can be ordered instead: all of a short list. */
function offeredText(list: readonly Product[], connection: string, { organizationId, serviceId }: Request): string {
  if (list.length === 0) return 'The price list there is empty.';
  const named = list.slice(0, mostNamed).map(({ id, name }) => `${id} (${name})`);
  const said = `There ${list.length === 1 ? 'is' : 'are'}: ${named.join(', ')}`;
  if (list.length <= mostNamed) return `${said}.`;
  const more = list.length - mostNamed;
  return `${said}, and ${more} more: subdeck product list --connection ${shellWord(connection)} --organization ${shellWord(organizationId)} --service ${shellWord(serviceId)}`;
}
