/** What the distributor sells: the name of each service with the offer behind it. */
export interface CatalogService {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly unit: string;
  /** A month of one unit, in cents. */
  readonly price: number;
  /** For so many people one unit is bought. */
  readonly peoplePerUnit: number;
}

export const catalog: readonly [CatalogService, ...CatalogService[]] = [
  {
    id: '1234-1234-1234-123123',
    name: 'Workspace One',
    category: 'End-User Computing',
    unit: 'DEVICE',
    price: 900,
    peoplePerUnit: 1,
  },
  {
    id: '1234-1234-1234-123124',
    name: 'VMware Cloud on AWS',
    category: 'Infrastructure',
    unit: 'HOST',
    price: 350000,
    peoplePerUnit: 40,
  },
  {
    id: '1234-1234-1234-123125',
    name: 'Carbon Black Cloud',
    category: 'Security',
    unit: 'ENDPOINT',
    price: 550,
    peoplePerUnit: 1,
  },
  {
    id: '1234-1234-1234-123126',
    name: 'vSphere+',
    category: 'Infrastructure',
    unit: 'CORE',
    price: 2200,
    peoplePerUnit: 2,
  },
  {
    id: '1234-1234-1234-123127',
    name: 'VMware Cloud Disaster Recovery',
    category: 'Infrastructure',
    unit: 'TIB',
    price: 18000,
    peoplePerUnit: 20,
  },
  {
    id: '1234-1234-1234-123128',
    name: 'Aria Operations',
    category: 'Management',
    unit: 'CORE',
    price: 1500,
    peoplePerUnit: 2,
  },
  { id: '1234-1234-1234-123129', name: 'SD-WAN', category: 'Networking', unit: 'EDGE', price: 9500, peoplePerUnit: 15 },
  {
    id: '1234-1234-1234-123130',
    name: 'Horizon Cloud — 日本リージョン',
    category: 'End-User Computing',
    unit: 'USER',
    price: 1200,
    peoplePerUnit: 1,
  },
];

export const iconOf = (service: CatalogService) =>
  `https://www.workspace.example/service_icon/${encodeURIComponent(service.id)}.svg`;
