import type { Barred, No } from '../contract.ts';

const onlyReads: No = {
  no: 'The Free edition of interworks.cloud is read-only; the Standard edition can change subscriptions.',
  because: 'connection',
};

/** The Free edition reads only. [Stated by the vendor.] */
export function interworksBarred({ edition }: Readonly<Record<string, string>>): Barred {
  if (edition === 'standard') return {};
  return { cancel: onlyReads, lowerQuantity: onlyReads, raiseQuantity: onlyReads, cancelAddon: onlyReads };
}
