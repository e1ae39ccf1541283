import { type FaultError, fault } from './fault.ts';
import { limits } from './limits.ts';

/** What a person gave, in a file or on stdin, is longer than anything that is meant. */
export function tooLong(what: string): FaultError {
  const message = `${what} is longer than ${limits.givenBytes / 1024 ** 2} MB, the most that Subdeck accepts.`;
  return fault('usage', message, 'Check that it is the right file.');
}
