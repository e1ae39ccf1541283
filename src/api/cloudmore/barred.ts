import type { Barred, No } from '../contract.ts';

/** Sellers and resellers have calls of their own. [Stated by the vendor.] */
export function cloudmoreBarred({ level }: Readonly<Record<string, string>>): Barred {
  if (level !== 'seller')
    return { delete: sellerOnly('delete a subscription'), setLicense: sellerOnly('set a licence key') };
  return {
    history: resellerOnly('read the history'),
    update: resellerOnly('change a subscription'),
    create: resellerOnly('create a subscription'),
    raiseQuantity: resellerOnly('raise a quantity'),
    lowerQuantity: resellerOnly('lower a quantity'),
  };
}

function resellerOnly(what: string): No {
  return { no: `A seller-level connection cannot ${what}; a reseller-level connection can.`, because: 'connection' };
}

function sellerOnly(what: string): No {
  return { no: `A reseller-level connection cannot ${what}; a seller-level connection can.`, because: 'connection' };
}
