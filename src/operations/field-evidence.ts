import type { ExactValues, Likeness } from '../api/contract.ts';
import type { Json, JsonObject } from '../model/text.ts';
import { alike, applied, held, notShown, otherwise, type ProofResult, partly, unchanged } from './proof-result.ts';

/**
 * Judges each field, then combines them: a field that is neither old nor requested decides, and so does an old one.
 * `facts` are in display form; fields in `exact` are compared in their original form.
 */
export function fieldEvidence(
  before: JsonObject,
  after: JsonObject,
  facts: JsonObject,
  exact?: ExactValues,
): ProofResult {
  const names = Object.keys(after);
  const compared = names.filter((name) => name in facts);
  const hidden = names.filter((name) => !(name in facts));
  if (compared.length === 0)
    return notShown(hidden.length === 0 ? 'There was nothing to change.' : notCompared(hidden));
  const likeness = (name: string, asked: Json): Likeness => {
    if (exact?.has(name)) return exact.compare(name, asked);
    return covers(facts[name] ?? null, asked) ? 'same' : 'other';
  };
  const found = new Map(
    compared.map((name) => {
      const [from, to] = [before[name] ?? null, after[name] ?? null];
      return [name, fieldShows(from, to, facts[name] ?? null, likeness(name, to))] as const;
    }),
  );
  const has = (shows: FieldShows): boolean => [...found.values()].includes(shows);
  const reformed = compared.filter((name) => found.get(name) === 'reformed');
  const notes = [
    ...(hidden.length === 0 ? [] : [notCompared(hidden)]),
    ...(reformed.length === 0 ? [] : [ownForm(reformed)]),
  ];
  const left = notes.length === 0 ? null : notes.join(' ');
  const now = compared.map((name) => `${name} ${JSON.stringify(facts[name] ?? null)}`).join(', ');
  const asked = compared.map((name) => `${name} ${JSON.stringify(after[name] ?? null)}`).join(', ');
  const isAsked = !has('otherwise') && !has('unchanged') && !has('alike');
  const shown = isAsked ? `The vendor shows ${now}.` : `The vendor shows ${now}, but ${asked} was requested.`;
  const because = left === null ? shown : `${shown} ${left}`;
  const isSome = has('applied') || has('reformed');
  if (has('otherwise')) return otherwise(because, now, left);
  if (has('unchanged')) return isSome ? partly(because, now, left) : unchanged(because, now, left);
  if (has('alike')) return alike(because, now, left);
  return isSome ? applied(because, now, left) : held(because, now, left);
}

function notCompared(names: readonly string[]): string {
  return `The vendor does not show ${names.join(', ')}, so it was not compared.`;
}

function ownForm(names: readonly string[]): string {
  return `The vendor stores ${names.join(', ')} in another form: spaces or composed characters differ from what was sent.`;
}

/** As in `ProofResult`; `reformed`: as asked but for blanks or the composition of letters, and other than before. */
type FieldShows = 'applied' | 'reformed' | 'held' | 'unchanged' | 'alike' | 'otherwise';

function fieldShows(before: Json, after: Json, shown: Json, likeness: Likeness): FieldShows {
  if (likeness === 'same') return covers(before, after) ? 'held' : 'applied';
  const isAlike = likeness === 'same-letters';
  if (covers(shown, before)) return isAlike ? 'alike' : 'unchanged';
  return isAlike ? 'reformed' : 'otherwise';
}

/** Whether `shown` contains everything in `requested`. Numbers and digit strings are equal. */
function covers(shown: Json, requested: Json): boolean {
  if (isObject(requested)) {
    return isObject(shown) && Object.entries(requested).every(([name, value]) => covers(shown[name] ?? null, value));
  }
  if (requested === null || shown === null) return requested === shown;
  return String(shown) === String(requested);
}

function isObject(value: Json): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
