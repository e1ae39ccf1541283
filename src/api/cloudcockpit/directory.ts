import { type Fault, FaultError } from '../../model/fault.ts';
import type { Named } from '../../model/subscription.ts';
import type { SafeText } from '../../model/text.ts';
import { domainName } from '../domain-name.ts';
import { HeldList } from '../held-list.ts';
import { pagesByNumber } from '../http/paging.ts';
import type { ReadClient } from '../http/read-client.ts';
import { path } from '../http/url-path.ts';
import { listOf, oneObject } from '../identity.ts';
import { showId } from '../text.ts';
import { readRow } from '../wire-row.ts';
import { pageSize, queryNames } from './assumptions.ts';
import type { Role } from './role.ts';
import { companyWire, pageWire } from './wire.ts';

/** A reseller or a customer. */
export interface Company extends Named {
  /** Of a customer; null when it is a direct one. */
  readonly resellerId: string | null;
  /** Of a customer: see the assumption `customer-domain`. */
  readonly domain: SafeText | null;
}

/** The companies that subscriptions refer to by id only. */
export interface Directory {
  readonly resellers: readonly Company[];
  readonly customers: readonly Company[];
}

interface DirectoryOptions {
  readonly signal: AbortSignal | undefined;
  onIncomplete(fault: Fault): void;
  /** As a pager's. */
  onShortfall?(rows: number): void;
  /** As a pager's. */
  ahead?(): number;
}

/**
 * All companies that this role may list: resellers and customers for a CSP, customers for a reseller, itself for a
 * customer. Throws `FaultError`.
 */
async function readDirectory(
  { read, connection }: { readonly read: ReadClient; readonly connection: string },
  role: Role,
  options: DirectoryOptions,
): Promise<Directory> {
  if (role.kind === 'customer') {
    const asked = oneObject({ id: role.customerId });
    const call = { path: path`/v1/Customers/${role.customerId}`, asked, signal: options.signal };
    const found = await read.find(call, companyWire);
    const customer = { id: role.customerId, name: found?.companyName ?? showId(role.customerId) };
    const domain = domainOf(found?.domain ?? null);
    return { resellers: [], customers: [{ ...customer, resellerId: found?.resellerId ?? null, domain }] };
  }
  const list = async (address: string): Promise<readonly Company[]> => {
    const companies = new HeldList<Company>(connection, 'companies');
    let bytes = 0;
    const onBytes = (more: number) => {
      bytes += more;
    };
    for await (const { items } of companyPages(read, connection, address, { ...options, onBytes })) {
      companies.take(items, bytes);
      bytes = 0;
    }
    return companies.items;
  };
  const [resellers, customers] = await Promise.all([
    role.kind === 'csp' ? list('/v1/Resellers') : [],
    list('/v1/Customers'),
  ]);
  return { resellers, customers };
}

/** A role that may not list companies still reads subscriptions, with ids instead of names. */
export async function directoryOf(
  client: { readonly read: ReadClient; readonly connection: string; readonly role: Role },
  options: DirectoryOptions,
): Promise<Directory> {
  try {
    return await readDirectory(client, client.role, options);
  } catch (error) {
    const isBarred = error instanceof FaultError && error.fault.kind === 'denied';
    if (!isBarred || client.role.kind !== 'csp') throw error;
    options.onIncomplete(error.fault);
    return { resellers: [], customers: [] };
  }
}

function companyPages(
  read: ReadClient,
  connection: string,
  address: string,
  { signal, ahead, onIncomplete, onShortfall, onBytes }: DirectoryOptions & { onBytes(bytes: number): void },
) {
  return pagesByNumber<Company>(
    async (pageNumber, size) => {
      const query = { pageNumber, pageSize: size, [queryNames.sort]: 'Company.Name', [queryNames.ascending]: 'true' };
      const call = { path: address, asked: listOf({}), query, signal };
      const { body: page, bytes } = await read.answer(call, pageWire);
      onBytes(bytes);
      const items = page.items.flatMap(companyOf);
      return { items, total: page.totalCount, size: page.size, hasNext: page.hasNextPage };
    },
    {
      connection,
      keyOf: ({ id }) => id,
      size: pageSize,
      onIncomplete,
      ...(onShortfall && { onShortfall }),
      ...(ahead && { ahead }),
    },
  );
}

function companyOf(object: unknown): readonly Company[] {
  const wire = readRow(companyWire, object)?.row;
  const id = wire?.id ?? null;
  if (id === null) return [];
  const { companyName = null, resellerId = null, domain = null } = wire ?? {};
  return [{ id, name: companyName ?? showId(id), resellerId, domain: domainOf(domain) }];
}

function domainOf(text: SafeText | null): SafeText | null {
  return text === null ? null : domainName(text);
}
