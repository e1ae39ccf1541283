import { createCloudcockpit } from '../../../src/api/cloudcockpit/index.ts';
import type { Vendor } from '../../../src/api/contract.ts';
import { createInterworks } from '../../../src/api/interworks/index.ts';
import { createLineworks } from '../../../src/api/lineworks/index.ts';
import { createVmware } from '../../../src/api/vmware/index.ts';
import type { Seen } from '../fixtures/server.ts';
import { testSetup } from '../fixtures/setup.ts';
import type { MovingList } from './moving-list.ts';

/** A minimal server for one vendor's paged list, on top of a moving list. Null: unknown address (404). */
export interface StandIn {
  connect(origin: string, concurrency: string): Vendor;
  answer(request: Seen, list: MovingList): unknown;
}

export const standIns: Readonly<Record<'interworks' | 'vmware' | 'lineworks' | 'cloudcockpit', StandIn>> = {
  interworks: {
    connect: (origin, concurrency) =>
      createInterworks(
        testSetup({ settings: { concurrency, baseUrl: origin, tokenUrl: `${origin}/oauth/token`, edition: 'free' } }),
      ),
    answer({ url }, list) {
      const { pathname, searchParams } = new URL(url, 'http://x');
      if (pathname === '/api/accounts')
        return { data: [], pagination: { page: 1, size: 100, totalItems: 0, totalPages: 0 } };
      const [page, size] = [Number(searchParams.get('page')), Number(searchParams.get('size'))];
      const { ids, total } = list.page((page - 1) * Math.min(size, list.story.cap), size);
      const pagination = { page, size: ids.length, totalItems: total, totalPages: Math.ceil(total / list.story.cap) };
      return { data: ids.map((id) => ({ id, status: 'Active' })), pagination };
    },
  },
  vmware: {
    connect: (origin, concurrency) =>
      createVmware(testSetup({ settings: { concurrency, baseUrl: origin, orgId: 'org' } })),
    answer({ url }, list) {
      const { pathname, searchParams } = new URL(url, 'http://x');
      if (pathname.endsWith('/usage/customers')) return [];
      const start = Number(searchParams.get('pageStart'));
      const { ids, total, isLast } = list.page(start - 1, Number(searchParams.get('pageLimit')));
      const next = isLast ? {} : { next: start + ids.length };
      return {
        current: start,
        ...next,
        results: ids.map((id) => ({ id, status: 'ACTIVE' })),
        totalResultsCount: total,
      };
    },
  },
  lineworks: {
    connect: (origin, concurrency) =>
      createLineworks(testSetup({ settings: { concurrency, baseUrl: `${origin}/v1.0` } })),
    answer({ url }, list) {
      const { pathname, searchParams } = new URL(url, 'http://x');
      const own = /customers\/([^/]+)\/subscriptions$/.exec(pathname)?.[1];
      if (own !== undefined)
        return { subscriptions: [{ subscriptionId: own, domainId: own, productId: 'STD', plan: 'MONTHLY' }] };
      const { ids, isLast } = list.pageAfter(searchParams.get('cursor'), Number(searchParams.get('count')));
      const cursor = isLast || ids.length === 0 ? {} : { nextCursor: ids[ids.length - 1] };
      return { customers: ids.map((id) => ({ domainId: id, companyName: id })), responseMetaData: cursor };
    },
  },
  cloudcockpit: {
    connect: (origin, concurrency) =>
      createCloudcockpit(
        testSetup({
          settings: { concurrency, baseUrl: origin, tokenUrl: `${origin}/token`, tenant: 't', role: 'csp' },
        }),
      ),
    answer({ url }, list) {
      const { pathname, searchParams } = new URL(url, 'http://x');
      const [pageNumber, pageSize] = [Number(searchParams.get('pageNumber')), Number(searchParams.get('pageSize'))];
      if (pathname !== '/v1/subscriptions') return { items: [], totalCount: 0, hasNextPage: false };
      const { ids, total, isLast } = list.page((pageNumber - 1) * Math.min(pageSize, list.story.cap), pageSize);
      const items = ids.map((id) => ({ id, customerId: 'c', subscriptionStatus: { name: 'Active' } }));
      const more = list.story.tellsNext ? { hasNextPage: !isLast } : {};
      return { items, paginationParameters: { pageNumber, pageSize }, totalCount: total, ...more };
    },
  },
};
