import type { VendorId } from '../model/vendor.ts';
import type { Column, Row, Section } from './reply.ts';
import type { SecretSource } from './setup.ts';

/** A connection in JSON. */
export interface ConnectionRow {
  readonly name: string;
  readonly vendor: VendorId;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: SecretSource;
}

export const connectionColumns: readonly Column[] = [
  { id: 'name', title: 'name', align: 'left' },
  { id: 'vendor', title: 'vendor', align: 'left' },
  { id: 'secrets', title: 'secrets', align: 'left' },
  { id: 'settings', title: 'settings', align: 'left' },
];

export function connectionRow(row: ConnectionRow): Row {
  const settings = Object.entries(row.settings).map(([name, value]) => `${name}=${value}`);
  return { json: row, cells: [row.name, row.vendor, row.secrets, settings.join(' ') || null] };
}

export function connectionSections({ name, vendor, settings, secrets }: ConnectionRow): readonly Section[] {
  return [
    {
      title: null,
      fields: [
        { label: 'Name', value: name },
        { label: 'Vendor', value: vendor },
        { label: 'Secrets', value: secrets },
      ],
    },
    {
      title: 'Settings',
      fields: Object.entries(settings).map(([label, value]) => ({ label, value })),
      empty: "All settings have the vendor's defaults.",
    },
  ];
}

/** Addresses as they are called: look-alike letters of other alphabets in punycode. */
export function shownSettings(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, shownAddress(value)]));
}

function shownAddress(value: string): string {
  const url = /^https?:\/\//i.test(value) && /[^\x20-\x7e]/.test(value) ? URL.parse(value) : null;
  if (url === null) return value;
  return value.endsWith('/') ? url.href : url.href.replace(/\/$/, '');
}
