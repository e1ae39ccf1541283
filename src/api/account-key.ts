import type { AccountFact } from '../model/account.ts';
import type { VendorId } from '../model/vendor.ts';

type Values = Readonly<Record<string, string>>;

/** What a vendor's ids are unique in, as far as settings tell it. Each vendor declares its own, as an assumption with its reason. */
export interface AccountRule {
  /** What belongs to the account beside the vendor and the origin of its API; null: nothing does. */
  tenant(settings: Values): string | null;
  /** What decides which part of the account a connection can see, in the order in which it is shown. */
  view(settings: Values): readonly (string | undefined)[];
}

/** The account and view of a connection with these settings, defaults filled in. Never throws. */
export function accountFact(vendor: VendorId, settings: Values, { tenant, view }: AccountRule): AccountFact {
  return { account: words([vendor, originOf(settings.baseUrl), tenant(settings)]), view: words(view(settings)) };
}

/** Two spellings of one address are one origin: any case, the scheme's own port, a dot behind the host. */
function originOf(baseUrl: string | undefined): string {
  const address = URL.parse(baseUrl ?? '');
  if (address === null) return 'no-address';
  address.hostname = address.hostname.replace(/\.$/, '');
  return address.origin;
}

function words(parts: readonly (string | null | undefined)[]): string {
  return parts.flatMap((part) => part?.trim() || []).join(' ');
}
