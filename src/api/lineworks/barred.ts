import type { Barred, No } from '../contract.ts';

const onlyReads: No = {
  no: 'This connection is read-only: its scope is partner.read. The scope partner allows changes.',
  because: 'connection',
};

/** The scope `partner.read` reads only. [Stated by the vendor.] */
export function lineworksBarred({ scope }: Readonly<Record<string, string>>): Barred {
  if (scope !== 'partner.read') return {};
  return {
    lowerQuantity: onlyReads,
    raiseQuantity: onlyReads,
    setRenewal: onlyReads,
    createReservation: onlyReads,
    withdrawReservation: onlyReads,
  };
}
