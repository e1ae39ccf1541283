import type { Named, Subscription } from '../../model/subscription.ts';
import type { SafeText } from '../../model/text.ts';
import { type Choices, choicesOf } from '../assumption.ts';
import type { Reading } from '../contract.ts';
import { ExactValues, exactText } from '../exact-values.ts';
import { openConnection } from '../http/clients.ts';
import type { ProbeClient } from '../http/probe-client.ts';
import type { ReadClient } from '../http/read-client.ts';
import { callForToken, oauthTokenReply } from '../http/token-call.ts';
import { checkedUrl, path } from '../http/url-path.ts';
import type { WriteClient } from '../http/write-client.ts';
import { safeJsonObject } from '../json.ts';
import { otherIds } from '../other-ids.ts';
import type { VendorSetup } from '../setup.ts';
import { safeText } from '../text.ts';
import type { TakesTurns } from '../turns.ts';
import { readRow } from '../wire-row.ts';
import { cloudmoreAssumptions } from './assumptions.ts';
import { cloudmoreLimits } from './limits.ts';
import { subscriptionOf } from './map.ts';
import { nameFields, subscriptionWire } from './wire.ts';

/** One connection to Cloudmore at one of its two levels, ready to be called. */
export interface CloudmoreClient extends TakesTurns<CloudmoreClient> {
  readonly connection: string;
  readonly level: 'seller' | 'reseller';
  readonly seller: Named;
  /** Null at seller level, where each row names its own. */
  readonly reseller: Named | null;
  /**
   * Seller or reseller of the connection itself, with the name from the vendor's rows; until then the connection's
   * title.
   */
  self(): Named;
  /** `/api/sellers/{id}` or `/api/resellers/{id}`. */
  readonly root: string;
  readonly choices: Choices<typeof cloudmoreAssumptions>;
  readonly read: ReadClient;
  readonly write: WriteClient;
  readonly probe: ProbeClient;
  /** A subscription from a vendor's object; null if it has no id. `known` supplies names that the object lacks. */
  reading(object: unknown, known?: Subscription | null): Reading | null;
}

/** Opens no socket. Throws `usage` faults. */
export function openClient(setup: VendorSetup): CloudmoreClient {
  const { settings, name, clock } = setup;
  const tokenUrl = checkedUrl(settings.tokenUrl ?? '', 'tokenUrl');
  const { read, readInBackground, readToRefresh, write, probe, width, timeFor } = openConnection(setup, {
    limits: cloudmoreLimits,
    baseUrl: settings.baseUrl ?? '',
    // Client id and secret are sent in the form, as Cloudmore's public clients do.
    signIn: (secrets, line) => {
      const form = {
        grant_type: 'password',
        username: settings.username ?? '',
        password: secrets.password ?? '',
        client_id: settings.clientId ?? '',
        client_secret: secrets.clientSecret ?? '',
        scope: 'api',
      };
      return callForToken(line, { connection: name, url: tokenUrl, form }, oauthTokenReply);
    },
  });
  const title = safeText(setup.title);
  const isSeller = settings.level === 'seller';
  const seller = { id: isSeller ? (settings.sellerId ?? '') : name, name: title };
  const reseller = isSeller ? null : { id: settings.resellerId ?? '', name: title };
  let ownName: SafeText | null = null;
  const self = (known?: Subscription | null): Named => {
    const { id, name: fallback } = reseller ?? seller;
    const knownName = reseller === null ? known?.seller?.name : known?.reseller?.name;
    return { id, name: ownName ?? knownName ?? fallback };
  };
  const choices = choicesOf(cloudmoreAssumptions, settings);
  const price = choices['price-per-unit'];
  const client: CloudmoreClient = {
    connection: name,
    level: isSeller ? 'seller' : 'reseller',
    seller,
    reseller,
    self: () => self(),
    root: reseller === null ? path`/api/sellers/${seller.id}` : path`/api/resellers/${reseller.id}`,
    choices,
    read,
    width,
    timeFor,
    inBackground: () => ({ ...client, read: readInBackground }),
    toRefresh: () => ({ ...client, read: readToRefresh }),
    write,
    probe,
    reading: (object, known) => {
      const found = readRow(subscriptionWire, object);
      if (found === null) return null;
      ownName = (isSeller ? found.row.sellerName : found.row.resellerName) ?? ownName;
      const places = isSeller ? { seller: self(known), reseller } : { seller, reseller: self(known) };
      const raw = safeJsonObject(object);
      const readAt = new Date(clock.now()).toISOString();
      const subscription = subscriptionOf(found.row, found.surprises, { connection: name, ...places, price, readAt });
      const exact = new ExactValues(() => ({ name: exactText(object, nameFields) }));
      return { subscription: { ...subscription, externalIds: otherIds(object, subscriptionWire) }, raw, exact };
    },
  };
  return client;
}
