import { fault } from '../model/fault.ts';
import type { Request } from '../model/request.ts';
import { shellWord } from '../model/shell-word.ts';
import type { Input } from './command.ts';
import type { ReadingContext } from './context.ts';
import type { WriteReply } from './reply.ts';

/** Follows an accepted write until it settles, or for this many seconds (null: without limit). */
export async function waitForVendor(
  context: Pick<ReadingContext, 'clock' | 'journal' | 'writes'>,
  input: Input,
  reply: WriteReply,
  id: string,
  seconds: number | null,
): Promise<WriteReply> {
  const request = await follow(context, input.signal, id, seconds);
  if (request.state === 'done' || request.state === 'failed') await context.journal.seen(id);
  const connection = request.ref.slice(0, request.ref.indexOf('/'));
  const entry = context.journal.entry(id);
  // An entry without an end of its own gives the purpose of the write as its reason, which says nothing of how it went.
  const reason = entry === null || entry.reason === context.journal.record(id)?.purpose ? null : entry.reason;
  const done = ['Done.', entry?.sentence, reason].filter(Boolean).join(' ');
  // A vendor that stopped reporting progress may report it again later, or show the change.
  if (entry?.state === 'sent') return { ...reply, request, ...stillGoing(input, request, connection) };
  switch (request.state) {
    case 'done':
      return { ...reply, outcome: 'done', sentence: done, request };
    case 'failed':
      return {
        ...reply,
        outcome: 'refused',
        sentence: 'The vendor accepted the request, but it failed later.',
        request,
        exit: 'refused',
        faults: [
          fault('refused', 'The request failed.', `See subdeck journal show ${shellWord(id)}`, {
            connection,
            sent: true,
          }).fault,
        ],
      };
    case 'unknown':
      return {
        ...reply,
        outcome: 'unknown',
        sentence: 'Its outcome is unknown.',
        request,
        exit: 'unknown',
        faults: [
          fault(
            'unknown',
            reason ?? 'The outcome of the request is unknown.',
            `Run subdeck journal settle ${shellWord(id)}`,
            {
              connection,
              sent: true,
            },
          ).fault,
        ],
      };
    default:
      return { ...reply, request, ...stillGoing(input, request, connection) };
  }
}

export async function follow(
  context: Pick<ReadingContext, 'clock' | 'writes'>,
  outer: AbortSignal,
  id: string,
  seconds: number | null,
): Promise<Request> {
  const over = new AbortController();
  const stop = () => over.abort();
  outer.addEventListener('abort', stop);
  if (outer.aborted) stop();
  if (seconds !== null) void context.clock.wait(seconds * 1_000, over.signal).then(stop);
  try {
    return await context.writes.follower.settled(id, over.signal);
  } finally {
    stop();
    outer.removeEventListener('abort', stop);
  }
}

function stillGoing(input: Input, { id, state, answeredDone }: Request, connection: string) {
  const kind = input.signal.aborted ? 'interrupted' : 'pending';
  const still = state === 'unknown' ? 'The vendor does not report its progress.' : 'The vendor is still working on it.';
  const message = answeredDone ? 'The vendor reports it done but does not show it yet.' : still;
  return {
    exit: kind,
    faults: [
      fault(kind, message, `Follow it with subdeck request watch ${shellWord(id)}`, { connection, sent: true }).fault,
    ],
  } as const;
}
