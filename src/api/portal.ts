import { isLoopback } from '../model/setting-check.ts';
import type { PortalAddress, PortalPlace } from './contract.ts';
import type { VendorKind } from './vendor-kind.ts';

/** The portal is at the origin of this address. */
export function portalAt(address: string | undefined): PortalAddress {
  const origin = URL.parse(address ?? '')?.origin ?? 'null';
  return origin === 'null' ? unknown : { address: `${origin}/` };
}

/** A page of the portal: every segment of its path is an id or a word, percent-encoded. */
export function portalPage(portal: string, ...segments: readonly string[]): PortalAddress {
  const isAddress = segments.every((id) => id !== '' && id !== '.' && id !== '..' && id.isWellFormed());
  return isAddress ? { address: `${portal}/${segments.map(encodeURIComponent).join('/')}` } : unknown;
}

const unknown: PortalAddress = { no: 'The settings of the connection do not give the address of its portal.' };
const mostCharacters = 2000;

/**
 * The address in the vendor's portal, as a browser may get it: https, or http on this machine, without a name or password. A
 * connection to this machine, such as to a sandbox, has no portal elsewhere.
 */
export function portalOf(
  { portal, title }: Pick<VendorKind, 'portal' | 'title'>,
  settings: Readonly<Record<string, string>>,
  place: PortalPlace,
): PortalAddress {
  const found = portal(settings, place);
  if ('no' in found) return found;
  const url = URL.parse(found.address);
  if (url === null || url.username !== '' || url.password !== '' || url.href.length > mostCharacters) return unknown;
  const isHere = isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && isHere)) return unknown;
  const base = URL.parse(settings.baseUrl ?? '');
  if (base !== null && isLoopback(base.hostname) && !isHere) {
    return { no: `This connection is to this machine, so its portal is not that of ${title}.` };
  }
  return { address: url.href };
}
