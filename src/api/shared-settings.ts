import type { SettingDeclaration } from '../model/settings.ts';
import type { VendorSetup } from './setup.ts';

/** Reads at once where the setting says nothing. */
const usualConcurrency = 4;

/** The settings that all vendors share. */
export const sharedSettings = [
  {
    name: 'title',
    help: 'What lists and screens call this connection; its name where absent.',
    required: false,
    secret: false,
    foundAt: null,
    kind: 'text',
  },
  {
    name: 'concurrency',
    help: 'Reads that may be under way at once. Fewer are, where the vendor says or shows that they are too many.',
    required: false,
    secret: false,
    kind: 'text',
    default: String(usualConcurrency),
    range: { least: 1, most: 16 },
    foundAt: null,
  },
  {
    name: 'accessToken',
    help: 'A bearer token obtained elsewhere, in place of the other secrets; used as it is, never renewed.',
    required: false,
    secret: true,
    foundAt: null,
    kind: 'text',
  },
] as const satisfies readonly SettingDeclaration[];

/** The setting as a number. */
export function concurrencyOf({ settings }: Pick<VendorSetup, 'settings'>): number {
  return Number(settings.concurrency ?? usualConcurrency);
}
