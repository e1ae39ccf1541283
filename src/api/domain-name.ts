import type { SafeText } from '../model/text.ts';
import { safeText } from './text.ts';

/** Labels of letters, digits, `-` and `_`; the last one with a letter, which an IP address has not. */
const shape = /^(?:[\p{L}\p{M}\p{N}_-]{1,63}\.)+(?=[^.]*\p{L})[\p{L}\p{M}\p{N}-]{1,63}$/u;
const longest = 253;

/** An internet domain in lower case, without the final dot; null for a text that is none. Public suffixes are not known. */
export function domainName(text: SafeText): SafeText | null {
  const domain = text.trim().toLowerCase().replace(/\.$/, '');
  return domain.length <= longest && shape.test(domain) ? safeText(domain) : null;
}
