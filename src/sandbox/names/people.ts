import { type SeededRandom, salt } from '../seeded-random.ts';

const given = salt('person given');
const family = salt('person family');

const givens = [
  'Anna',
  'Søren',
  'Łucja',
  'Marek',
  'Zoë',
  'Jürgen',
  'Inés',
  'Kwame',
  'Ayşe',
  'Niamh',
  '健太',
  '지우',
  '晓明',
  'Ольга',
  'Ελένη',
  'ليلى',
  'נועה',
] as const;
const families = [
  'Lindqvist',
  'Øye',
  'Nowak',
  'Horváth',
  'Pires',
  'Schröder',
  'Kaya',
  'Byrne',
  'Tanaka',
  'Kim',
  '王',
  'Петрова',
  'Νικολάου',
  'Haddad',
  'לוי',
] as const;

/** Somebody who works for a vendor or reseller, for audit trails and contacts. */
export function personName(dice: SeededRandom, index: number): string {
  return `${dice.pick(given, index, givens)} ${dice.pick(family, index, families)}`;
}
