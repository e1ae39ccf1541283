import type { Call } from '../model/call.ts';

/** A call in whole sentences: what was asked, what came, and what to do where it failed. */
export function callText(call: Call): string {
  const { connection, method, path, status, milliseconds, correlationId, limitLeft, at } = call;
  const answer = status === null ? 'no answer' : `HTTP ${status}`;
  return [
    `${at} ${connection}: ${method} ${path}: ${answer} after ${Math.round(milliseconds)} ms.`,
    correlationId === null ? null : `Correlation id ${correlationId}.`,
    limitLeft === null ? null : `${limitLeft} calls are left in the vendor's window.`,
    callAdvice(call),
  ]
    .filter((part) => part !== null)
    .join(' ');
}

/** What to do about a call that went wrong, or null where nothing did. */
function callAdvice({ connection, method, path, status }: Call): string | null {
  const read = method === 'GET' || method === 'HEAD';
  if (status === null) {
    return read
      ? 'Check the network and the proxy; a read is tried again by itself.'
      : 'If this was a write, J shows how it stands; it is never sent again by itself.';
  }
  if (status < 400) return null;
  if ((status === 400 || status === 401) && /\/token$/.test(path)) {
    return `The sign-in was refused: subdeck connection set ${connection} --secrets-stdin takes other secrets.`;
  }
  if (status === 401) return `The credentials were not accepted: subdeck connection test ${connection}.`;
  if (status === 403) return 'The role or the edition of this connection does not allow it; ask the vendor.';
  if (status === 404) return 'The vendor has nothing there: check baseUrl and the ids in the settings, or read again.';
  if (status === 429) return 'The vendor asked for a pause; reads go on by themselves after it.';
  if (status >= 500) return 'The fault is at the vendor; give them the correlation id if it stays.';
  return 'The vendor did not take it as it was; the journal or the screen has its words.';
}
