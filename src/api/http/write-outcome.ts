import { type FaultKind, fault, type VendorAnswer } from '../../model/fault.ts';
import type { SafeText } from '../../model/text.ts';
import type { Answer } from '../contract.ts';
import type { OtherIdentity } from '../identity.ts';
import { failureNext, failureSentence, type NetworkFailure } from './network-failure.ts';
import { atHost, deniedNext, otherWords, type Subject, sentenceOf, signInAgain } from './read-fault.ts';

/** A write without an answer. `correlationId`: the one that the call carried, for inquiries at the vendor. */
export function lostAnswer(
  failure: NetworkFailure,
  sent: boolean,
  subject: Subject,
  correlationId: SafeText | null,
): Answer {
  const { connection } = subject;
  if (sent) {
    const vendor = correlationId === null ? null : { status: null, code: null, message: null, correlationId };
    const message = `The change was sent, and ${atHost(subject)} ${failureSentence(failure)}: it may or may not have happened.`;
    return { outcome: 'unknown', fault: fault('unknown', message, lookAgain, { connection, sent, vendor }).fault };
  }
  if (failure.kind === 'permit') {
    return {
      outcome: 'unsent',
      fault: fault('refused', failure.why, 'Nothing was sent. Make a new plan.', { connection }).fault,
    };
  }
  const message = `Nothing was sent: ${atHost(subject)} ${failureSentence(failure)}.`;
  return { outcome: 'unsent', fault: fault('unreachable', message, failureNext(failure), { connection }).fault };
}

const lookAgain = 'Do not send it again: check the subscription, then settle the journal entry.';

/** A write answered with an error status. `throttled`: it means "too many calls", whatever the status. */
export function refusedOrUnknown(vendor: VendorAnswer, subject: Subject, throttled: boolean): Answer {
  const status = vendor.status ?? 0;
  const isFinal = status >= 400 && status < 500 && status !== 408;
  return isFinal ? refused(vendor, throttled ? 429 : status, subject) : unclear(vendor, status, subject);
}

/** A successful status whose body is unreadable, or does not match the vendor's documents. */
export function unreadableAnswer(vendor: VendorAnswer, subject: Subject): Answer {
  return unclear(vendor, vendor.status ?? 0, subject);
}

/** A successful status whose body reports a failure. Only the vendor's own rows can tell which is true. */
export function failedAnswer(vendor: VendorAnswer, { connection }: Subject): Answer {
  const what = `answered ${vendor.status ?? 'with success'} but its body reports a failure`;
  const message = `The change was sent, and ${connection} ${what}: it may or may not have happened.${sentenceOf(vendor)}`;
  const wrong = fault('unknown', message, lookAgain, { connection, sent: true, vendor }).fault;
  return { outcome: 'unknown', fault: wrong, reportsFailure: true };
}

/** A successful status and a body about something else. */
export function answerAboutAnother(other: OtherIdentity, vendor: VendorAnswer, subject: Subject): Answer {
  return unknown(`answered with other data: ${otherWords(other)}`, vendor, subject);
}

function unclear(vendor: VendorAnswer, status: number, subject: Subject): Answer {
  const what =
    status < 300
      ? 'answered with something that cannot be read'
      : status < 400
        ? `answered with a redirect (${status}), which Subdeck does not follow`
        : `answered with a server error (${status})`;
  return unknown(what, vendor, subject);
}

function unknown(what: string, vendor: VendorAnswer, { connection }: Subject): Answer {
  const message = `The change was sent, and ${connection} ${what}: it may or may not have happened.${sentenceOf(vendor)}`;
  return { outcome: 'unknown', fault: fault('unknown', message, lookAgain, { connection, sent: true, vendor }).fault };
}

function refused(vendor: VendorAnswer, status: number, subject: Subject): Answer {
  const { connection } = subject;
  const [kind, what, next] = refusal(status, subject);
  const message = `${connection} ${what} Nothing was changed.${sentenceOf(vendor)}`;
  return { outcome: 'refused', fault: fault(kind, message, next, { connection, sent: true, vendor }).fault };
}

function refusal(status: number, subject: Subject): readonly [FaultKind, string, string] {
  switch (status) {
    case 401:
      return ['signed-out', 'does not accept the sign-in.', signInAgain(subject)];
    case 403:
      return ['denied', 'does not allow this change.', deniedNext];
    case 404:
    case 410:
      return ['refused', 'does not have the record to be changed.', 'Refresh the list, then try again.'];
    case 409:
      return ['refused', 'reports a conflict with the current state.', 'Refresh the subscription and check it.'];
    case 429:
      return ['unreachable', 'accepts no more calls for now.', 'Wait a minute, then make the change again.'];
    default:
      return [
        'refused',
        `refused the change (${status}).`,
        'Correct the request as its message says, then make the change again.',
      ];
  }
}
