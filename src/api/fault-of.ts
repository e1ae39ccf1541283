import { type FaultError, fault, type VendorAnswer } from '../model/fault.ts';
import { failureNext, failureSentence, type NetworkFailure } from './network-failure.ts';

/** Who a fault is about. */
export interface Subject {
  readonly connection: string;
  readonly host: string;
}

/** A read, or a token call, that brought no answer. */
export function lostFault(failure: NetworkFailure, { connection, host }: Subject): FaultError {
  const kind = failure.kind === 'interrupted' ? 'interrupted' : 'unreachable';
  return fault(kind, `${host} ${failureSentence(failure)}.`, failureNext(failure), { connection });
}

export function signedOut(connection: string, message: string, vendor: VendorAnswer | null = null): FaultError {
  return fault('signed-out', message, signInAgain(connection), { connection, vendor });
}

/** The way out of every sign-in trouble. */
export function signInAgain(connection: string): string {
  return `Run \`subdeck connection set ${connection} --secrets-stdin\` with the right secrets, then try again.`;
}

/** A read that was answered, but not with what was asked for. */
export function readFault(vendor: VendorAnswer, subject: Subject): FaultError {
  const { connection, host } = subject;
  const status = vendor.status ?? 0;
  const said = sentenceOf(vendor);
  const more = { connection, vendor };
  if (status === 401) return signedOut(connection, `${host} does not accept the sign-in.${said}`, vendor);
  if (status === 403) {
    return fault('denied', `${host} does not allow this to this connection.${said}`, deniedNext, more);
  }
  if (status === 404 || status === 410) {
    return fault('missing', `${host} knows nothing under this id.${said}`, 'Check the id; refresh the list.', more);
  }
  if (status === 429) {
    return fault(
      'unreachable',
      `${host} is throttling this connection.${said}`,
      'Wait a minute, then try again.',
      more,
    );
  }
  if (status >= 300 && status < 400) {
    const next = 'Check the address in the connection settings.';
    return fault('unreachable', `${host} sends this call elsewhere, and Subdeck does not follow.`, next, more);
  }
  if (status >= 500 || status === 408) {
    return fault('unreachable', `${host} has trouble of its own (${status}).${said}`, 'Try again later.', more);
  }
  return fault(
    'refused',
    `${host} did not take the request (${status}).${said}`,
    'Check the connection settings.',
    more,
  );
}

export const deniedNext = 'Ask the vendor which edition, role or scope allows it, or use another connection.';

/** ` It says: "…".`, or nothing. */
export function sentenceOf({ code, message }: VendorAnswer): string {
  if (message !== null) return ` It says: ${message.replace(/\.$/, '')}.`;
  return code === null ? '' : ` It says: ${code}.`;
}

/** An answer with a good status whose body is not what the vendor's documents promise. */
export function unreadable(subject: Subject, what: string, vendor: VendorAnswer): FaultError {
  const message = `${subject.host} answered with something that cannot be read: ${what}.`;
  const next = 'Check the address in the connection settings; if it is right, tell the vendor.';
  return fault('unreachable', message, next, { connection: subject.connection, vendor });
}
