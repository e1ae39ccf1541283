import { can, type Vendor } from '../api/contract.ts';
import { type Fault, fault } from '../model/fault.ts';
import { formatReference } from '../model/reference.ts';
import type { RememberedName } from '../model/remembered-name.ts';
import type { Named } from '../model/subscription.ts';
import type { WriteRequest } from './contract.ts';
import { changesNothing, deniedByVendor } from './denied.ts';
import type { WriteDeps } from './deps.ts';
import { quantityFault } from './quantity.ts';
import type { Drafted } from './verbs/drafted.ts';

type CreateWriteRequest = Extract<WriteRequest, { readonly verb: 'create' }>;

/** What the journal knows a subscription by that does not exist yet: two creates of the same thing wait for each other. */
export function createRef({ connection, organizationId, serviceId, productId }: CreateWriteRequest): string {
  return formatReference({ connection, id: `new:${organizationId}/${serviceId}/${productId}` });
}

interface CreateDraft {
  readonly drafted: Drafted;
  readonly organization: Named | null;
  readonly remembered: readonly RememberedName[];
}

/** The draft of a new subscription, its organization, service and product read from the vendor now. Throws `FaultError` when that read fails. */
export async function draftCreate(
  { cache }: Pick<WriteDeps, 'cache'>,
  vendor: Vendor,
  writeRequest: CreateWriteRequest,
  signal?: AbortSignal,
): Promise<CreateDraft> {
  const { create, products } = vendor.abilities;
  const { connection } = vendor;
  const failed = (wrong: Fault) => ({
    drafted: { kind: 'fault', fault: wrong } as const,
    organization: null,
    remembered: [],
  });
  if (!can(create)) return failed(deniedByVendor(create, connection));
  if (!can(products)) return failed(deniedByVendor(products, connection));
  const wrong = quantityFault(writeRequest.quantity);
  if (wrong !== null) return failed(wrong);

  const missing = (what: string, id: string, next: string) =>
    failed(fault('missing', `There is no ${what} ${id} on ${connection}.`, next, { connection }).fault);
  const { planReads } = vendor;
  if (planReads === null) return failed(deniedByVendor(changesNothing, connection));
  const remembered: RememberedName[] = [];
  /** As the vendor calls it now. Where it says nothing, the cache must know of it, and what it remembers is marked as that. */
  const named = async (level: 'organization' | 'service', id: string): Promise<Named | null> => {
    const place = await planReads.place(level, id, signal);
    if (place.isSaid) return place.named;
    const node = cache.node({ level, connection, id });
    if (node === null) return null;
    remembered.push({ what: level, id, name: node.name, readAt: node.readAt });
    return place.named;
  };
  const organization = await named('organization', writeRequest.organizationId);
  if (organization === null)
    return missing('organization', writeRequest.organizationId, `subdeck sync ${connection} reads them again.`);
  const service = await named('service', writeRequest.serviceId);
  if (service === null)
    return missing('service', writeRequest.serviceId, `subdeck sync ${connection} reads them again.`);

  const reseller = resellerOf(cache, connection, organization.id);
  const list = await products({ organization: organization.id, service: service.id, reseller }, signal);
  const product = list.find(({ id }) => id === writeRequest.productId);
  if (product === undefined) {
    const words = `subdeck product list --connection ${connection} --organization … --service …`;
    return missing('product', writeRequest.productId, `${words} shows what can be bought.`);
  }
  const { quantity, name } = writeRequest;
  const draft = create({ reseller, organization, service, product, quantity, name });
  return { drafted: { kind: 'draft', verb: 'create', draft }, organization, remembered };
}

/** Who sells to an organization, as far as any of its subscriptions tells. */
function resellerOf(cache: WriteDeps['cache'], connection: string, organization: string): string | null {
  const window = cache.subscriptionWindow({
    scope: [{ level: 'organization', connection, id: organization }],
    connections: [connection],
    filter: [],
    search: null,
    sort: [],
    offset: 0,
    limit: 1,
  });
  return window.rows[0]?.reseller?.id ?? null;
}
