import type { VendorId } from '../model/vendor.ts';

/** One API access that a sandbox vendor gives out, in the words of the settings file. */
export interface SandboxConnection {
  readonly name: string;
  readonly vendor: VendorId;
  readonly settings: Readonly<Record<string, string>>;
  readonly secrets: Readonly<Record<string, string>>;
}
