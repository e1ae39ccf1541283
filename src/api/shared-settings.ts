import type { SettingDeclaration } from '../model/settings.ts';
import type { VendorSetup } from './setup.ts';

/** Reads at once where the setting says nothing. */
const usualConcurrency = 4;

/** The settings that all vendors share. */
export const sharedSettings = [
  {
    name: 'title',
    help: 'Title of this connection in lists and screens. Default: its name.',
    required: false,
    secret: false,
    foundAt: null,
    kind: 'text',
  },
  {
    name: 'concurrency',
    help: "Maximum number of simultaneous reads; lower if the vendor's limits require it.",
    required: false,
    secret: false,
    kind: 'text',
    default: String(usualConcurrency),
    range: { least: 1, most: 16 },
    foundAt: null,
  },
  {
    name: 'accessToken',
    help: 'A bearer token obtained elsewhere, instead of the other secrets. It is used as it is and never renewed.',
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
