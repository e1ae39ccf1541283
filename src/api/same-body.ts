import { fault } from '../model/fault.ts';
import type { Json } from '../model/text.ts';
import { safeText } from './text.ts';

/** Throws a `refused` fault if any field of a body that is about to be sent differs from the plan. */
export function refuseOtherBody(planned: Json, present: Json, connection: string): void {
  const changes = differences(planned, present, '');
  if (changes.length === 0) return;
  const message = `The request would differ from the plan: ${changes.join(', ')}. Nothing was sent.`;
  throw fault('refused', message, 'Check it, then make a new plan.', { connection });
}

/** Field by field: `quantity 5 → 7`. */
function differences(planned: Json, present: Json, name: string): readonly string[] {
  if (!isComposite(planned) || !isComposite(present)) {
    if (planned === present) return [];
    return [`${name === '' ? 'it' : safeText(name)} ${shown(planned)} → ${shown(present)}`];
  }
  const [old, unranked] = [new Map(Object.entries(planned)), new Map(Object.entries(present))];
  return [...new Set([...old.keys(), ...unranked.keys()])].flatMap((key) =>
    differences(old.get(key) ?? null, unranked.get(key) ?? null, name === '' ? key : `${name}.${key}`),
  );
}

function isComposite(value: Json): value is Exclude<Json, null | boolean | number | string> {
  return typeof value === 'object' && value !== null;
}

function shown(value: Json): string {
  return value === null ? '–' : safeText(typeof value === 'string' ? value : JSON.stringify(value));
}
