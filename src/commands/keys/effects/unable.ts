import type { Abilities, AbilityName } from '../../../api/contract.ts';
import type { PaletteLine } from '../../../state/overlay.ts';
import { whyNot } from './actions.ts';

/** What a vendor must be able to do for a command; any of them is enough. */
const needs: Readonly<Record<string, readonly [AbilityName, ...AbilityName[]]>> = {
  'subscription cancel': ['cancel', 'delete'],
  'subscription set-quantity': ['lowerQuantity', 'raiseQuantity'],
  'subscription set-license': ['setLicense'],
  'subscription update': ['update'],
  'subscription suspend': ['suspend'],
  'subscription reactivate': ['reactivate'],
  'subscription history': ['history'],
  'subscription details': ['details'],
  'renewal show': ['renewal'],
  'renewal set': ['setRenewal'],
  'reservation show': ['reservation'],
  'reservation create': ['createReservation'],
  'reservation withdraw': ['withdrawReservation'],
  'addon list': ['addons'],
  'addon cancel': ['cancelAddon'],
};

/** The commands that a vendor does not do, each with the vendor's reason. */
export function unableOf(abilities: Abilities): PaletteLine['unable'] {
  const reasons = Object.entries(needs).map(([id, any]) => [id, whyNot(any, abilities)] as const);
  return Object.fromEntries(reasons.flatMap(([id, reason]) => (reason === null ? [] : [[id, reason]])));
}
