import type { Call } from '../model/call.ts';
import { exactWords } from '../model/date-words.ts';
import { shellWord } from '../model/shell-word.ts';

/** A call in sentences: the request, the answer, and what to do when it failed. */
export function callText(call: Call): string {
  const { connection, method, path, status, milliseconds, correlationId, limitLeft, at } = call;
  const answer = status === null ? 'no answer' : `HTTP ${status}`;
  return [
    `${exactWords(at)}, ${connection}: ${method} ${path}: ${answer} after ${Math.round(milliseconds)} ms.`,
    correlationId === null ? null : `Correlation id ${correlationId}.`,
    limitLeft === null ? null : `${limitLeft} calls are left in the vendor's rate-limit window.`,
    callAdvice(call),
  ]
    .filter((part) => part !== null)
    .join(' ');
}

/** What to do about a failed call, or null when it did not fail. */
function callAdvice({ connection, method, path, status }: Call): string | null {
  const read = method === 'GET' || method === 'HEAD';
  if (status === null) {
    return read
      ? 'Check the network and the proxy; reads are retried automatically.'
      : 'If this was a write, J shows its state; it is never sent again automatically.';
  }
  if (status < 400) return null;
  if ((status === 400 || status === 401) && /\/token$/.test(path)) {
    return `The sign-in was refused. For what to do: subdeck connection test ${shellWord(connection)}`;
  }
  if (status === 401)
    return `The credentials were not accepted. To test them: subdeck connection test ${shellWord(connection)}`;
  if (status === 403) return 'The role or the edition of this connection does not allow the call; ask the vendor.';
  if (status === 404)
    return 'The vendor found nothing at this address: check baseUrl and the ids in the settings, or refresh.';
  if (status === 429) return 'The vendor throttles calls; reads continue after the pause it asked for.';
  if (status >= 500) return "The vendor's server failed; if it persists, give the vendor the correlation id.";
  return 'The vendor rejected the request; the journal or the screen has its message.';
}
