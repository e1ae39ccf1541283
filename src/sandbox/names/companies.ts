import { type SeededRandom, salt } from '../seeded-random.ts';

const first = salt('reseller first');
const second = salt('reseller second');
const place = salt('reseller place');

const firsts = [
  'Fjord',
  'Blå',
  'Skyline',
  'Nimbus',
  'Hafen',
  'Étoile',
  'Kernel',
  'Aurora',
  'Łódka',
  'Vinterland',
  'Sólheimar',
  'Tide',
  'Kumo',
  'Zenit',
  'Atlas',
  'Brücke',
  'Polar',
  'Mistral',
] as const;
const seconds = [
  'IT',
  'Cloud',
  'Systems',
  'Datasenter',
  'Solutions',
  'Services',
  'Networks',
  'Partner',
  'Informatique',
  'Technik',
] as const;
const places = [
  'Oslo',
  'Göteborg',
  'København',
  'Tampere',
  'München',
  'Lyon',
  'Kraków',
  'Αθήνα',
  '東京',
  '서울',
  'Zürich',
  'Praha',
  'Málaga',
  'Reykjavík',
  'Cork',
  'Београд',
] as const;

/** A reseller's name: an IT company and the town it is known from. */
export function resellerName(dice: SeededRandom, index: number): string {
  return `${dice.pick(first, index, firsts)} ${dice.pick(second, index, seconds)} ${dice.pick(place, index, places)}`;
}

/** A name in Latin letters that fits in an e-mail address or a domain. */
export function plainName(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]/g, '')
    .toLowerCase();
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '') || 'kunde';
}
