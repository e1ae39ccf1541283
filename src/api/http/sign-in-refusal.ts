import { type FaultError, fault, type VendorAnswer } from '../../model/fault.ts';
import { atHost, type Subject, sentenceOf, signedOut } from './read-fault.ts';

/** OAuth errors that are not caused by the secrets (RFC 6749 §5.2 and 4.1.2.1, RFC 8707). */
const otherCauses: Readonly<Record<string, string>> = {
  invalid_scope: 'Check the requested scope: the setting scope, if the connection has one.',
  invalid_target: 'Check the addresses and the scope in the connection settings.',
  unauthorized_client: 'Ask the vendor to allow this client id to sign in this way.',
  unsupported_grant_type: 'Check the setting tokenUrl and, if the connection has one, edition or role.',
  unsupported_response_type: 'Check the setting tokenUrl.',
  invalid_request: 'Check the connection settings; if they are right, report it.',
  access_denied: 'Ask the vendor to allow the sign-in for this user or client id.',
  consent_required: 'Ask an administrator to grant consent for this client id.',
  interaction_required: 'The vendor requires a person to sign in again, for example with a second factor.',
};

/** Errors that mean the sign-in service is temporarily unavailable. */
const troubles = ['server_error', 'temporarily_unavailable', 'slow_down'];

/**
 * A sign-in answered with 400, 401 or 403. New secrets are requested only if there is no other cause: repeated wrong
 * attempts lock accounts.
 */
export function refusedSignIn(answer: VendorAnswer, body: string, subject: Subject): FaultError {
  const more = { connection: subject.connection, vendor: answer };
  const who = atHost(subject);
  const said = sentenceOf(answer);
  const error = errorOf(body);
  if (error !== null && troubles.includes(error)) {
    return fault('unreachable', `${who} cannot process sign-ins at the moment.${said}`, 'Try again later.', more);
  }
  const next = error === null ? undefined : otherCauses[error];
  if (next !== undefined) {
    return fault(
      'denied',
      `${who} refuses the sign-in for another reason than its secrets (${error}).${said}`,
      next,
      more,
    );
  }
  if (answer.status === 403 && isPage(body)) {
    const message = `${who} blocked the sign-in (403): a firewall or gateway answered, not the sign-in service.${said}`;
    return fault('denied', message, 'Check the address. Ask the vendor whether it must allow this network.', more);
  }
  return signedOut(subject, `${who} does not accept the sign-in.${said}`, answer);
}

/** OAuth's error code: `{"error": "invalid_scope"}`. */
function errorOf(body: string): string | null {
  return /^\s*\{(?:[^{}]{0,2000},)?\s*"error"\s*:\s*"([a-z_]{1,40})"/.exec(body)?.[1] ?? null;
}

/** An HTML page, from something other than a sign-in service. */
function isPage(body: string): boolean {
  return /^\s*</.test(body);
}
