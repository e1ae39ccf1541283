import type { JsonObject, SafeText } from '../../model/text.ts';
import { safeJsonObject } from '../json.ts';
import { plainFields } from '../plain-fields.ts';
import { safeText } from '../text.ts';
import { conflictSides } from './assumptions.ts';

/**
 * A 409 as text: the portal's and the provider's values of the fields that differ. Null for any other answer, and for a
 * 409 without both sides.
 */
export function conflictText(status: number, body: unknown): SafeText | null {
  if (status !== 409) return null;
  const raw = safeJsonObject(body);
  const portal = sideOf(raw, conflictSides.portal);
  const provider = sideOf(raw, conflictSides.provider);
  if (portal === null || provider === null) return null;
  const labels = [...new Set([...portal.keys(), ...provider.keys()])];
  const shown = (value: string | null | undefined) => value ?? 'nothing';
  const differences = labels
    .filter((label) => shown(portal.get(label)) !== shown(provider.get(label)))
    .map(
      (label) => `${label}: ${shown(portal.get(label))} in the portal, ${shown(provider.get(label))} at the provider`,
    );
  const what = differences.length === 0 ? 'no field differs' : differences.join('; ');
  return safeText(`The portal and the provider have different data for this subscription (${what}).`, 1000);
}

function sideOf(raw: JsonObject, name: RegExp): ReadonlyMap<string, string | null> | null {
  const side = Object.entries(raw).find(([key]) => name.test(key))?.[1];
  if (side === undefined || side === null) return null;
  return new Map(plainFields(safeJsonObject(side)).map(({ label, value }) => [label, value]));
}
