import { secretsVariable } from '../../model/connection-name.ts';
import { type FaultError, fault, type VendorAnswer } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { OtherIdentity } from '../identity.ts';
import type { VendorSetup } from '../setup.ts';
import { showId } from '../text.ts';
import { failureNext, failureSentence, type NetworkFailure } from './network-failure.ts';

/** A connection, and where its secrets come from. */
export type Credentials = Pick<VendorSetup, 'secretsIn'> & { readonly connection: string };

/** The subject of a fault: a connection, and the host that was called. */
export interface Subject extends Credentials {
  readonly host: string;
  /** A hint for the case that no answer arrives at all, in a sentence. */
  readonly ifSilent?: string;
}

/** A connection with the called address, for faults of the address. */
export function atHost({ connection, host }: Pick<Subject, 'connection' | 'host'>): string {
  return `${connection} (${host})`;
}

/** A read or token call without an answer. */
export function lostFault(failure: NetworkFailure, subject: Subject): FaultError {
  const kind = failure.kind === 'interrupted' ? 'interrupted' : 'unreachable';
  const message = `${atHost(subject)} ${failureSentence(failure)}.`;
  const next = failureNext(failure);
  const isSilent = subject.ifSilent !== undefined && kind === 'unreachable';
  return fault(kind, message, isSilent ? `${next} ${subject.ifSilent}` : next, { connection: subject.connection });
}

export function signedOut(who: Credentials, message: string, vendor: VendorAnswer | null = null): FaultError {
  return fault('signed-out', message, signInAgain(who), { connection: who.connection, vendor });
}

/** The next step for all sign-in faults. */
export function signInAgain({ connection, secretsIn }: Credentials): string {
  return secretsIn === 'environment'
    ? `Set ${secretsVariable(connection)} to the right secrets, then try again.`
    : `Run \`subdeck connection set ${shellWord(connection)}\` with the right secrets, then try again.`;
}

/** A read that was answered with an error. */
export function readFault(vendor: VendorAnswer, subject: Subject): FaultError {
  const { connection } = subject;
  const status = vendor.status ?? 0;
  const said = sentenceOf(vendor);
  const more = { connection, vendor };
  if (status === 401) return signedOut(subject, `${connection} does not accept the sign-in.${said}`, vendor);
  if (status === 403) return fault('denied', `${connection} does not allow this.${said}`, deniedNext, more);
  if (status === 404 || status === 410) {
    const message = `${connection} has nothing with this id.${said}`;
    return fault('missing', message, 'Check the id, or refresh the list.', more);
  }
  if (status === 429) {
    const message = `${connection} accepts no more calls for now.${said}`;
    return fault('unreachable', message, 'Wait a minute, then try again.', more);
  }
  if (status >= 300 && status < 400) {
    const message = `${atHost(subject)} redirects this call; Subdeck does not follow redirects.`;
    return fault('unreachable', message, 'Check the address in the connection settings.', more);
  }
  if (status >= 500 || status === 408) {
    return fault('unreachable', `${connection} has a server error (${status}).${said}`, 'Try again later.', more);
  }
  const message = `${connection} rejected the request (${status}).${said}`;
  return fault('refused', message, 'Check the connection settings.', more);
}

export const deniedNext = 'Ask the vendor which edition, role or scope allows it, or use another connection.';

/** ` It says: "…".`, or nothing. */
export function sentenceOf({ code, message }: VendorAnswer): string {
  if (message !== null) return ` The vendor's message: ${message.replace(/\.$/, '')}.`;
  return code === null ? '' : ` The vendor's code: ${code}.`;
}

/** A successful answer whose body does not match the vendor's documents. */
export function unreadable(subject: Subject, what: string, vendor: VendorAnswer): FaultError {
  const message = `${atHost(subject)} answered with something that cannot be read: ${what}.`;
  const next = 'Check the address in the connection settings. If it is right, report this to the vendor.';
  return fault('unreachable', message, next, { connection: subject.connection, vendor });
}

/** A successful answer to another request: a cache, a gateway or a late answer mixed them up. Treated as no answer. */
export function answeredAboutAnother(subject: Subject, other: OtherIdentity, vendor: VendorAnswer): FaultError {
  const message = `${atHost(subject)} answered with other data than requested: ${otherWords(other)}.`;
  const next = 'Try again. If this persists, report it to the vendor and to the operator of any proxy in between.';
  return fault('unreachable', message, next, { connection: subject.connection, vendor });
}

/** The mismatched fields and ids, as text. */
export function otherWords({ field, found }: OtherIdentity): string {
  const name = field.replaceAll('|', ' or ');
  return found === null ? `it has no ${name}` : `its ${name} is ${showId(found)}`;
}
