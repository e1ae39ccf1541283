import type { Barred, No } from '../contract.ts';

const onlyReads: No = {
  no: 'This connection only reads: its scope is partner.read. With the scope partner it can change things.',
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
