import type { SyncScope } from './contract.ts';

/** A vendor's client whose reads take turns in one queue (src/api/http/call-queue.ts). */
export interface TakesTurns<Client> {
  /** Calls that a sync may have under way at present. */
  width(): number;
  /** As a vendor's (src/api/contract.ts). */
  timeFor(calls: number): number;
  /** The same client for a sync in the background: reads that a person waits for go first. */
  inBackground(): Client;
  /** The same for automatic refreshes of the console. */
  toRefresh(): Client;
}

/** By default a person waits for a branch; a sync of the whole list lets other reads go first. */
export function clientFor<Client extends TakesTurns<Client>>(client: Client, { within, isRefresh }: SyncScope): Client {
  if (isRefresh === true) return client.toRefresh();
  return within === undefined ? client.inBackground() : client;
}
