import type { Named } from '../../model/subscription.ts';
import { type Choices, choicesOf } from '../assumption.ts';
import type { Reading } from '../contract.ts';
import { openConnection } from '../http/clients.ts';
import type { ProbeClient } from '../http/probe-client.ts';
import type { ReadClient } from '../http/read-client.ts';
import { callForToken, oauthTokenReply } from '../http/token-call.ts';
import { checkedUrl } from '../http/url-path.ts';
import type { WriteClient } from '../http/write-client.ts';
import { safeJsonObject } from '../json.ts';
import { otherIds } from '../other-ids.ts';
import type { VendorSetup } from '../setup.ts';
import { safeText } from '../text.ts';
import type { TakesTurns } from '../turns.ts';
import { readRow } from '../wire-row.ts';
import { apiVersion } from './api-version.ts';
import { interworksAssumptions, signInAgainOn } from './assumptions.ts';
import { interworksLimits } from './limits.ts';
import { createPager, type ReadPages } from './list-pages.ts';
import { subscriptionOf } from './map.ts';
import { subscriptionWire } from './wire.ts';

/** One connection to an interworks.cloud platform, ready to be called. */
export interface InterworksClient extends TakesTurns<InterworksClient> {
  readonly connection: string;
  /** Stands for the distributor and the reseller. */
  readonly implied: Named;
  readonly choices: Choices<typeof interworksAssumptions>;
  readonly read: ReadClient;
  readonly write: WriteClient;
  readonly probe: ProbeClient;
  now(): number;
  /** The version of the API that calls name just now. */
  version(): string;
  /** A subscription out of a vendor's object; null where it has no id. */
  reading(object: unknown): Reading | null;
  readonly pages: ReadPages;
}

/** Opens no socket. Throws `usage` faults. */
export function openClient(setup: VendorSetup): InterworksClient {
  const { settings, name, clock } = setup;
  const tokenUrl = checkedUrl(settings.tokenUrl ?? '', 'tokenUrl');
  const version = apiVersion(name, settings.apiVersion ?? '3.0');
  const opened = openConnection(setup, {
    limits: interworksLimits,
    baseUrl: settings.baseUrl ?? '',
    freshHeaders: version.headers,
    // Client credentials are taken as HTTP Basic only.
    signIn: (secrets, line) => {
      const pair = Buffer.from(`${settings.clientKey ?? ''}:${secrets.clientSecret ?? ''}`).toString('base64');
      line.redactor.add(pair);
      const form = { grant_type: 'password', username: settings.username ?? '', password: secrets.password ?? '' };
      const headers = { authorization: `Basic ${pair}` };
      return callForToken(line, { connection: name, url: tokenUrl, form, headers }, oauthTokenReply);
    },
    signInAgainOn,
  });
  const read = version.reads(opened.read);
  const write = version.writes(opened.write);
  const readInBackground = version.reads(opened.readInBackground);
  const readToRefresh = version.reads(opened.readToRefresh);
  const choices = choicesOf(interworksAssumptions, settings);
  const pagesOf = createPager(name, choices['list-paging']);
  const implied = { id: name, name: safeText(setup.title) };
  const client: InterworksClient = {
    connection: name,
    implied,
    choices,
    read,
    width: opened.width,
    timeFor: opened.timeFor,
    inBackground: () => ({ ...client, read: readInBackground, pages: pagesOf(readInBackground) }),
    toRefresh: () => ({ ...client, read: readToRefresh, pages: pagesOf(readToRefresh) }),
    write,
    probe: opened.probe,
    now: () => clock.now(),
    version: version.current,
    reading: (object) => {
      const found = readRow(subscriptionWire, object);
      if (found === null) return null;
      const readAt = new Date(clock.now()).toISOString();
      const subscription = subscriptionOf(found.row, found.surprises, { connection: name, implied, readAt });
      const externalIds = { ...otherIds(object, subscriptionWire), ...subscription.externalIds };
      return { subscription: { ...subscription, externalIds }, raw: safeJsonObject(object) };
    },
    pages: pagesOf(read),
  };
  return client;
}
