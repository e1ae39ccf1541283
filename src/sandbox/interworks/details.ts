import type { Dataset } from './dataset.ts';
import { productAt } from './dataset.ts';
import type { Row } from './row.ts';
import type { Characteristic } from './wire.ts';

export function characteristics(dataset: Dataset, row: Row): readonly Characteristic[] {
  const { code } = productAt(row.product);
  return [
    { id: 1, name: 'Tenant', code: 'TENANT', value: `t${dataset.ids.account.of(row.account)}.example` },
    { id: 2, name: 'Product code', code: 'SKU', value: code },
    { id: 3, name: 'Datacenter', code: 'DC', value: ['Athína', 'Frankfurt', 'Göteborg'][row.index % 3] ?? null },
    { id: 4, name: 'Serial', code: 'SERIAL', value: row.externalId },
  ];
}

export function customFields(dataset: Dataset, row: Row): readonly Characteristic[] {
  if (row.index % 4 === 3) return [];
  return [
    { id: 11, name: 'Κέντρο κόστους', code: 'COSTCENTER', value: `CC-${(dataset.seed + row.index) % 700}` },
    { id: 12, name: 'Purchase order', code: 'PO', value: row.index % 2 === 0 ? null : `PO ${4000 + row.index}` },
  ];
}

export function instalments(row: Row): readonly Characteristic[] {
  return [
    { id: 21, name: 'Instalments', code: 'COUNT', value: '12' },
    { id: 22, name: 'Paid', code: 'PAID', value: String(row.index % 12) },
    { id: 23, name: 'Next due', code: 'NEXT', value: row.end },
  ];
}
