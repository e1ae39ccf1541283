import { createHash } from 'node:crypto';
import { type BulkPlan, contentOf } from './plan-file.ts';

/** Characters of a digest: 80 bits of SHA-256, so that a second plan with the same digest cannot be constructed. */
const length = 16;
const base32 = 'abcdefghijklmnopqrstuvwxyz234567';

/**
 * Identifies a reviewed plan: `k3vq-7m2a-xw5d-q2fc`. It covers all of the plan's content, but not the order of keys or
 * the white space of the file.
 */
export function planDigest(plan: BulkPlan): string {
  const hash = createHash('sha256')
    .update(canonical(contentOf(plan)))
    .digest();
  const bits = [...hash].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const letters = Array.from({ length }, (_, at) => base32.charAt(Number.parseInt(bits.slice(at * 5, at * 5 + 5), 2)));
  return (letters.join('').match(/.{4}/g) ?? []).join('-');
}

/** Whether the given digest is this plan's; case and dashes are ignored. */
export function isDigestOf(plan: BulkPlan, given: string): boolean {
  return given.trim().toLowerCase().replaceAll('-', '') === planDigest(plan).replaceAll('-', '');
}

/** JSON with sorted keys. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  const sorted = entries.sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${sorted.map(([key, item]) => `${JSON.stringify(key)}:${canonical(item)}`).join(',')}}`;
}
