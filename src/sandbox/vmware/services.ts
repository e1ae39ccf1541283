/** What the distributor sells: the name of each service with the offer behind it. */
export interface CatalogService {
  readonly id: string;
  readonly name: string;
  readonly category: string;
  readonly unit: string;
}

export const catalog: readonly [CatalogService, ...CatalogService[]] = [
  { id: '1234-1234-1234-123123', name: 'Workspace One', category: 'End-User Computing', unit: 'DEVICE' },
  { id: '1234-1234-1234-123124', name: 'VMware Cloud on AWS', category: 'Infrastructure', unit: 'HOST' },
  { id: '1234-1234-1234-123125', name: 'Carbon Black Cloud', category: 'Security', unit: 'ENDPOINT' },
  { id: '1234-1234-1234-123126', name: 'vSphere+', category: 'Infrastructure', unit: 'CORE' },
  { id: '1234-1234-1234-123127', name: 'VMware Cloud Disaster Recovery', category: 'Infrastructure', unit: 'TIB' },
  { id: '1234-1234-1234-123128', name: 'Aria Operations', category: 'Management', unit: 'CORE' },
  { id: '1234-1234-1234-123129', name: 'SD-WAN', category: 'Networking', unit: 'EDGE' },
  { id: '1234-1234-1234-123130', name: 'Horizon Cloud — 日本リージョン', category: 'End-User Computing', unit: 'USER' },
];

export const iconOf = (service: CatalogService) =>
  `https://www.workspace.example/service_icon/${encodeURIComponent(service.id)}.svg`;
