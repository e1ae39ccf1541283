/** One plan of a service. `price` is per unit and period, in the currency's own digits. */
export interface Plan {
  readonly name: string;
  readonly code: string;
  readonly price: string;
}

export interface Offer {
  readonly service: string;
  readonly maker: string;
  readonly category: string;
  /** Billed by usage: subscriptions have no quantity. */
  readonly metered: boolean;
  /** Subscriptions may carry a licence key. */
  readonly licenseKeys: boolean;
  /** Its relative sales frequency. */
  readonly weight: number;
  readonly plans: readonly [Plan, ...Plan[]];
  readonly addons: readonly Plan[];
}

type Kind = 'seats' | 'metered' | 'keys';

function offer(
  service: string,
  maker: string,
  category: string,
  weight: number,
  kind: Kind,
  plans: string,
  addons = '',
): Offer {
  const [first = { name: service, code: 'STD', price: '1.00' }, ...others] = plansOf(plans);
  const more = addons === '' ? [] : plansOf(addons);
  return {
    service,
    maker,
    category,
    weight,
    metered: kind === 'metered',
    licenseKeys: kind === 'keys',
    plans: [first, ...others],
    addons: more,
  };
}

/** Plans are written `name|code|price`, separated by semicolons. */
function plansOf(text: string): Plan[] {
  return text.split(';').map((plan) => {
    const [name = '', code = '', price = '0'] = plan.split('|');
    return { name, code, price };
  });
}

/** The catalogue of the sandbox's distributors. Services of one kind have one kind of number: seats, keys or usage. */
export const catalog: readonly Offer[] = [
  offer(
    'Backup',
    'Nordvault',
    'Data protection',
    12,
    'keys',
    'Backup 100|BCK-100|4.90;Backup 500|BCK-500|12.50;Backup Server|BCK-SRV|39.00;Backup 100 Trial|BCK-TRI|0.00',
    'Immutable storage|BCK-IMM|1.10;Second region|BCK-2RG|2.00',
  ),
  offer(
    'Mail',
    'Postwerk',
    'Communication',
    14,
    'seats',
    'Mail Basic|MAIL-B|1.75;Mail Business|MAIL-S|3.40;Mail Enterprise|MAIL-E|6.20;Mail Trial|MAIL-T|0.00',
    'Archive 10 years|MAIL-A10|0.90;Encryption|MAIL-ENC|0.60',
  ),
  offer(
    'Security',
    'Værn',
    'Security',
    11,
    'keys',
    'Endpoint Protect|SEC-EP|2.95;Endpoint Detect & Respond|SEC-EDR|5.80;Mail Gateway|SEC-GW|1.35',
    'Sandboxing|SEC-SBX|0.80',
  ),
  offer(
    'Connectivity',
    'Linjefall',
    'Network',
    5,
    'metered',
    'Fibre 1 Gbit/s|NET-1G|89.00;SD-WAN Edge|NET-SDW|45.00;5G Backup Line|NET-5G|29.00',
  ),
  offer(
    'Design',
    'Atelier Zéro',
    'Creative',
    6,
    'seats',
    'Design Single App|DSG-1|22.99;Design All Apps|DSG-ALL|54.99;Design Education|DSG-EDU|9.99',
  ),
  offer(
    'Office',
    'Kontoret',
    'Productivity',
    16,
    'seats',
    'Office Starter|OFF-ST|5.60;Office Standard|OFF-SD|11.70;Office Premium|OFF-PR|20.60;Office Frontline|OFF-FL|2.10;Office Standard Trial|OFF-TRI|0.00',
    'Meeting rooms|OFF-MTG|13.00;Telephony|OFF-TEL|7.50',
  ),
  offer(
    'Voice',
    'Tonal',
    'Communication',
    5,
    'seats',
    'Voice User|VOI-U|6.00;Voice Contact Centre|VOI-CC|49.50',
    'Call recording|VOI-REC|3.00',
  ),
  offer(
    'Hosting',
    'Stakk',
    'Infrastructure',
    5,
    'metered',
    'Virtual Server S|VPS-S|9.00;Virtual Server M|VPS-M|18.00;Virtual Server L|VPS-L|36.00;Managed Database|DB-M|55.00',
  ),
  offer('Archive', 'Langtid', 'Data protection', 3, 'seats', 'Archive Mailbox|ARC-MB|1.20;Archive Files|ARC-FL|2.40'),
  offer(
    'Identity',
    'Nøkkel',
    'Security',
    6,
    'seats',
    'Identity Core|IDN-C|1.90;Identity Plus|IDN-P|4.70',
    'Hardware keys|IDN-HW|0.95',
  ),
  offer(
    'Remote Desktop',
    'Fjernglimt',
    'Productivity',
    4,
    'keys',
    'Remote Desktop User|RDS-U|8.40;Remote Desktop Graphics|RDS-G|31.00',
  ),
  offer(
    'Monitoring',
    'Vaktmester',
    'Operations',
    4,
    'keys',
    'Monitoring 25 devices|MON-25|25.00;Monitoring 100 devices|MON-100|80.00',
  ),
  offer(
    'Signatures',
    'Underskrift',
    'Productivity',
    3,
    'seats',
    'Signatures Team|SIG-T|7.00;Signatures Company|SIG-C|5.00',
  ),
  offer('データ保管', '北斗ストレージ', 'Data protection', 2, 'seats', '保管 100 GB|HOK-100|480;保管 1 TB|HOK-1T|1980'),
  offer('Domains', 'Navnelig', 'Infrastructure', 4, 'metered', 'Domain .no|DOM-NO|1.25;Domain .com|DOM-COM|1.05'),
];

/** Indexes in the catalogue, each repeated by its offer's weight, for weighted random choice. */
export const byWeight: readonly number[] = catalog.flatMap(({ weight }, at) => new Array<number>(weight).fill(at));
