/** One line of the provider's catalogue. `price` is for one unit, in cents of a euro: a month of it, or the whole purchase where it is billed once. */
export interface CatalogOffer {
  readonly name: string;
  readonly type: string;
  readonly providerOfferId: string;
  readonly price: number;
  readonly isAddon: boolean;
  readonly isTrial: boolean;
  /** Terms with the billing frequencies they are sold on. */
  readonly terms: readonly (readonly [term: string, billing: string])[];
}

const yearly = ['OneYear', 'Monthly'] as const;
/** Most are sold for a year and billed by the month. */
const committed = [
  ...[yearly, yearly, yearly, yearly, yearly],
  ['OneYear', 'Annual'],
  ['OneMonth', 'Monthly'],
  ['ThreeYears', 'Annual'],
] as const;
const bought = [
  ['OneYear', 'OneTime'],
  ['ThreeYears', 'OneTime'],
] as const;
const open = [['NoTerm', 'None']] as const;
const month = [['OneMonth', 'None']] as const;

function offer(name: string, type: string, sku: string, price: number, terms: CatalogOffer['terms']): CatalogOffer {
  const isTrial = terms === month;
  return { name, type, providerOfferId: sku, price, isAddon: name.startsWith('Add-on: '), isTrial, terms };
}

export const offers: readonly [CatalogOffer, ...CatalogOffer[]] = [
  offer('Business Standard', 'License', 'CFQ7TTC0LDPB:0001', 1170, committed),
  offer('Business Premium', 'License', 'CFQ7TTC0LCHC:0002', 2060, committed),
  offer('Enterprise E3', 'License', 'CFQ7TTC0LFLX:0001', 3570, committed),
  offer('Enterprise E5', 'License', 'CFQ7TTC0LFLZ:0002', 5475, committed),
  offer('Frontline F3', 'License', 'CFQ7TTC0LH05:0001', 750, committed),
  offer('Exchange Plan 1 (legacy)', 'LicenseLegacy', '195416c1-3447-423a-b37b-ee59a99a19c4', 370, committed),
  offer('Visio — Plan 2 für Schulen', 'License', 'CFQ7TTC0HD32:0004', 1390, committed),
  offer('Windows Server 2025 CAL', 'PerpetualSoftware', 'DG7GMGF0PWHC:0002', 4199, bought),
  offer('SQL Server Standard 2 core', 'SoftwareSubscription', 'DG7GMGF0FKZV:0001', 140700, bought),
  offer('Azure plan', 'AzurePlan', 'DZH318Z0BPS6:0001', 0, open),
  offer('Azure Reserved VM D4s v5', 'AzureReservation', 'DZH318Z09R38:0077', 161208, bought),
  offer('Azure savings plan', 'AzureSavingsPlan', 'DZH318Z08NZ1:0005', 43800, bought),
  offer('Business Premium (trial)', 'License', 'CFQ7TTC0LCHC:0T02', 0, month),
  offer('Add-on: Audio conferencing', 'License', 'CFQ7TTC0LHSL:0001', 370, committed),
  offer('Add-on: Defender for Office 2', 'License', 'CFQ7TTC0LHXH:0001', 460, committed),
  offer('Add-on: Phone system', 'License', 'CFQ7TTC0LH0V:0002', 740, committed),
];

const mainOffers = offers.map((_, at) => at).filter((at) => offers[at]?.isAddon === false);
const addonOffers = offers.map((_, at) => at).filter((at) => offers[at]?.isAddon === true);

/** Licences are sold four times as often as anything else. */
const byWeight = mainOffers.flatMap((at) =>
  offers[at]?.type === 'License' && !offers[at]?.isTrial ? [at, at, at, at] : [at],
);

export function offerAt(at: number): CatalogOffer {
  return offers[at] ?? offers[0];
}

export function mainOffer(luck: number): number {
  return byWeight[luck % byWeight.length] ?? 0;
}

export function addonOffer(luck: number): number {
  return addonOffers[luck % addonOffers.length] ?? 0;
}
