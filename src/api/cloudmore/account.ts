import type { AccountRule } from '../account-key.ts';

/**
 * [A] Cloudmore's ids are GUIDs, unique over its whole API, and a seller sees a subscription under the same id as its
 * resellers do: both levels name it in paths of one API, and no page speaks of an id of a level's own.
 */
export const cloudmoreAccount: AccountRule = {
  tenant: () => null,
  view: ({ level, sellerId, resellerId, username }) => [level, level === 'seller' ? sellerId : resellerId, username],
};
