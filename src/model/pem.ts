import { type Fault, fault } from './fault.ts';

const begin = '-----BEGIN ';
const end = '-----END ';
const dashes = '-----';

/** Whether a PEM has begun in a text and not ended. */
export function hasOpenPem(text: string): boolean {
  const from = text.indexOf(begin);
  if (from === -1) return false;
  const to = text.indexOf(end, from);
  return to === -1 || !text.includes(dashes, to + end.length);
}

/** Whether a text is meant as a PEM. */
export function isPem(text: string): boolean {
  return text.includes(begin);
}

/** Why a text is no private key in PEM form, or null. `what` names it, with a capital. Nothing of it gets into the message. */
export function privateKeyFault(what: string, text: string): Fault | null {
  if (!isPem(text))
    return refusal(`${what} is not a key in PEM format`, 'Give the whole file, beginning with -----BEGIN.');
  if (hasOpenPem(text)) return refusal(`${what} is incomplete: its end is missing`, 'Give the whole file.');
  const from = text.indexOf(begin) + begin.length;
  const label = text.slice(from, text.indexOf(dashes, from));
  if (label === 'ENCRYPTED PRIVATE KEY' || /^Proc-Type:.*ENCRYPTED/m.test(text)) {
    return refusal(
      `${what} is encrypted with a passphrase`,
      'Give the key without a passphrase, as the vendor issued it.',
    );
  }
  if (/^(?:[A-Z]+ )?PRIVATE KEY$/.test(label)) return null;
  return refusal(`${what} is not a private key`, 'Its first line must be -----BEGIN PRIVATE KEY-----.');
}

function refusal(message: string, next: string): Fault {
  return fault('usage', `${message}.`, next).fault;
}
