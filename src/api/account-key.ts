import type { AccountFact } from '../model/account.ts';
import type { VendorId } from '../model/vendor.ts';

type Values = Readonly<Record<string, string>>;

/**
 * The scope in which a vendor's ids are unique, from its settings. Each vendor declares it as an assumption with its
 * reason.
 */
export interface AccountRule {
  /** The part of the account besides the vendor and the origin of its API; null: none. */
  tenant(settings: Values): string | null;
  /** What determines the part of the account that a connection can see, in display order. */
  view(settings: Values): readonly (string | undefined)[];
}

/** The account and view of a connection with these settings, defaults filled in. Never throws. */
export function accountFact(vendor: VendorId, settings: Values, { tenant, view }: AccountRule): AccountFact {
  return { account: words([vendor, originOf(settings.baseUrl), tenant(settings)]), view: words(view(settings)) };
}

/** Normalizes an address to its origin: case, the scheme's default port, a dot after the host. */
function originOf(baseUrl: string | undefined): string {
  const address = URL.parse(baseUrl ?? '');
  if (address === null) return 'no-address';
  address.hostname = address.hostname.replace(/\.$/, '');
  return address.origin;
}

function words(parts: readonly (string | null | undefined)[]): string {
  return parts.flatMap((part) => part?.trim() || []).join(' ');
}
