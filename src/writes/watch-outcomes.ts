import type { JournalReader } from '../journal/journal.ts';
import type { Request } from '../model/request.ts';
import type { FollowerEvent } from './contract.ts';

/**
 * Notifies listeners of the outcomes of open entries, whichever process recorded them: each change once, from the
 * journal itself.
 */
export function watchChanges(journal: JournalReader) {
  const listeners = new Set<(event: FollowerEvent) => void>();
  let requests = new Map<string, Request>();
  let doubtful = new Set<string>();
  let revision = -1;

  function emit(event: FollowerEvent): void {
    for (const listener of [...listeners]) listener(event);
  }

  function tell(): void {
    const current = journal.revision();
    if (current === revision) return;
    revision = current;
    const [oldRequests, oldDoubtful] = [requests, doubtful];
    requests = new Map(journal.requests({ open: true }).map((request) => [request.id, request]));
    doubtful = new Set(journal.recordsIn(['unknown']).map(({ entry }) => entry.id));
    for (const [id, request] of requests) {
      if (JSON.stringify(oldRequests.get(id)) !== JSON.stringify(request)) emit({ kind: 'changed', request });
    }
    for (const id of oldRequests.keys()) {
      const [request, entry] = requests.has(id) ? [null, null] : [journal.request(id), journal.entry(id)];
      if (request !== null && entry !== null) emit({ kind: 'settled', request, entry });
    }
    for (const id of oldDoubtful) {
      const entry = doubtful.has(id) ? null : journal.entry(id);
      if (entry !== null) emit({ kind: 'reconciled', entry });
    }
  }

  return {
    tell,
    subscribe(listener: (event: FollowerEvent) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
