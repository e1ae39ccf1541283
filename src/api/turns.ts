import type { SyncScope } from './contract.ts';

/** A vendor's client whose reads take turns in one queue (src/api/http/call-queue.ts). */
export interface TakesTurns<Client> {
  /** Calls that a sync may have under way at present. */
  width(): number;
  /** As a vendor's (src/api/contract.ts). */
  timeFor(calls: number): number;
  /** The same client for a sync that nobody waits for: what a person waits for goes before its reads. */
  inBackground(): Client;
  /** The same for what a console reads again by itself. */
  toRefresh(): Client;
}

/** A person waits for a branch, unless it says otherwise; a sync of the whole list lets other reads go first. */
export function clientFor<Client extends TakesTurns<Client>>(client: Client, { within, isRefresh }: SyncScope): Client {
  if (isRefresh === true) return client.toRefresh();
  return within === undefined ? client.inBackground() : client;
}
