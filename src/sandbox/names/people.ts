import { type SeededRandom, salt } from '../seeded-random.ts';

const given = salt('person given');
const family = salt('person family');

const givens = ['Anna', 'Søren', 'Łucja', 'Marek', 'Zoë', 'Jürgen', 'Inés', 'Kwame', 'Ayşe', 'Niamh'] as const;
const families = ['Lindqvist', 'Øye', 'Nowak', 'Horváth', 'Pires', 'Schröder', 'Kaya', 'Byrne', 'Haddad'] as const;
/** In other scripts, the given name first. */
const others = ['健太 田中', '지우 김', '晓明 王', 'Ольга Петрова', 'Ελένη Νικολάου', 'ليلى حداد', 'נועה לוי'] as const;
const otherEvery = 11;

/** Somebody who works for a vendor or reseller, for audit trails and contacts. */
export function personName(dice: SeededRandom, index: number): string {
  if (index % otherEvery === 7) return dice.pick(given, index, others);
  return `${dice.pick(given, index, givens)} ${dice.pick(family, index, families)}`;
}
