import { type SeededRandom, salt } from '../seeded-random.ts';

type Words = readonly [string, ...string[]];
type Write = (dice: SeededRandom, index: number) => string;

const stem = salt('organization stem');
const trade = salt('organization trade');
const partner = salt('organization partner');
const pair = salt('organization pair');
const form = salt('organization form');
const script = salt('organization script');

/** An organization's name, the same for the same seed and index. Some names occur twice, as in every real dataset. */
export function organizationName(dice: SeededRandom, index: number): string {
  return dice.pick(script, index, scripts)(dice, index);
}

function join(stems: Words, trades: Words, forms: Words, pattern: (a: string, b: string, c: string) => string): Write {
  return (dice, index) =>
    pattern(dice.pick(stem, index, stems), dice.pick(trade, index, trades), dice.pick(form, index, forms));
}

/** The same with two founders in half of the names, so that few are equal by chance: `Øvergård & Kjær Bygg AS`. */
function joinFounders(...[stems, trades, forms, pattern]: Parameters<typeof join>): Write {
  return (dice, index) => {
    const other = dice.pick(partner, index, stems);
    const isPair = dice.below(pair, index, 2) === 0 && other !== dice.pick(stem, index, stems);
    return join(stems, trades, forms, isPair ? (a, b, c) => pattern(`${a} & ${other}`, b, c) : pattern)(dice, index);
  };
}

const norwegian = joinFounders(
  ['Øvergård', 'Nordlys', 'Fjellheim', 'Haugen', 'Solbakken', 'Bergstø', 'Lillevik', 'Tønnesen'],
  ['Bygg', 'Eiendom', 'Fisk', 'Rederi', 'Møbler', 'Bakeri', 'Energi', 'Advokater', 'Transport', 'Arkitekter'],
  ['AS', 'AS', 'ASA'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const swedish = joinFounders(
  ['Åkerlund', 'Björkman', 'Lindqvist', 'Sjöberg', 'Dahlström', 'Råsunda', 'Nyström', 'Hägg'],
  ['Bygg', 'Fastigheter', 'Tandvård', 'Skog', 'Möbler', 'Bageri', 'Energi', 'Advokatbyrå', 'Transport', 'Arkitekter'],
  ['AB'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const danish = joinFounders(
  ['Sørensen', 'Hækkerup', 'Kjær', 'Østergaard', 'Bjerre', 'Nørgaard'],
  ['Byg', 'Ejendomme', 'Rederi', 'Møbler', 'Bageri', 'Advokater', 'Tandlæger', 'Transport'],
  ['A/S', 'ApS'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const finnish = joinFounders(
  ['Mäkelä', 'Aaltonen', 'Järvinen', 'Koskinen', 'Väisänen', 'Hämäläinen'],
  ['Rakennus', 'Kuljetus', 'Metsä', 'Leipomo', 'Kiinteistöt', 'Hammaslääkärit', 'Energia'],
  ['Oy', 'Oy', 'Oyj'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const german = joinFounders(
  [
    'Müller',
    'Großmann',
    'Weiß',
    'Schäfer',
    'Köhler',
    'Jäger',
    'Krüger',
    'Böhm',
    'Straßer',
    'Hübner',
    'Löwe',
    'Rheingold',
    'Alpenblick',
  ],
  [
    'Maschinenbau',
    'Steuerberatung',
    'Gärtnerei',
    'Logistik',
    'Küchen',
    'Elektrotechnik',
    'Brauerei',
    'Zahnärzte',
    'Werkzeugbau',
    'Optik',
  ],
  ['GmbH', 'AG', 'GmbH & Co. KG', 'e.K.', 'UG (haftungsbeschränkt)'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const french = joinFounders(
  ['Châtelet', 'Fontaine', 'Desrosiers', 'Lefèvre', 'Bêliveau', 'Géraud'],
  ['Conseil', 'Hôtellerie', 'Éditions', 'Pêcheries', 'Assurances', 'Menuiserie', 'Transports'],
  ['SARL', 'SAS', 'et Fils'],
  (a, b, c) => `${b} ${a} ${c}`,
);
const spanish = joinFounders(
  ['Peñarol', 'Ibáñez', 'Muñoz', 'Núñez', 'Cárdenas'],
  ['Viñedos', 'Diseño', 'Farmacia', 'Construcciones', 'Muebles', 'Logística'],
  ['S.L.', 'S.A.'],
  (a, b, c) => `${b} ${a} ${c}`,
);
const portuguese = joinFounders(
  ['Conceição', 'Magalhães', 'Garção', 'Simões'],
  ['Farmácia', 'Construções', 'Vinhos', 'Pescas', 'Móveis'],
  ['Lda.', 'S.A.'],
  (a, b, c) => `${b} ${a} ${c}`,
);
const italian = joinFounders(
  ['Rossetti', 'Città Alta', 'Bellini', 'Niccolò'],
  ['Costruzioni', 'Trasporti', 'Edilizia', 'Farmacia', 'Studio Legale'],
  ['S.r.l.', 'S.p.A.'],
  (a, b, c) => `${b} ${a} ${c}`,
);
const polish = joinFounders(
  ['Wójcik', 'Żółkiewski', 'Łukasik', 'Dąbrowski'],
  ['Budownictwo', 'Transport', 'Meble', 'Apteka', 'Drukarnia'],
  ['Sp. z o.o.', 'S.A.'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const czech = joinFounders(
  ['Dvořák', 'Novák', 'Čapek', 'Růžička'],
  ['Stavby', 'Nábytek', 'Doprava', 'Tisk', 'Lékárna'],
  ['s.r.o.', 'a.s.'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const hungarian = joinFounders(
  ['Kovács', 'Szőke', 'Fehér'],
  ['Építő', 'Bútor', 'Fuvarozó', 'Nyomda'],
  ['Kft.', 'Zrt.'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const turkish = joinFounders(
  ['Yıldız', 'Şahin', 'Çelik'],
  ['Lojistik', 'Eczane', 'Mobilya', 'İnşaat'],
  ['A.Ş.', 'Ltd. Şti.'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const balkan = joinFounders(
  ['Kovačević', 'Šarić', 'Žagar'],
  ['Gradnja', 'Prijevoz', 'Ljekarna', 'Tisak'],
  ['d.o.o.'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const estonian = joinFounders(
  ['Jõgi', 'Mägi', 'Kõrgesaar'],
  ['Ehitus', 'Mööbel', 'Transport', 'Trükikoda'],
  ['OÜ', 'AS'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const english = joinFounders(
  [
    'Harbour',
    'Oakfield',
    'Blackwater',
    'Summit',
    'Redwood',
    'Kingfisher',
    'Lakeside',
    'Ironbridge',
    'Silverline',
    'Westbrook',
    'Contour',
    'Beacon',
  ],
  ['Dental', 'Freight', 'Architects', 'Legal', 'Breweries', 'Robotics', 'Housing Trust', 'Clinics', 'Foods', 'Academy'],
  ['Ltd', 'LLP', 'Inc.', 'plc', 'Group', 'Partners'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const japanese = join(
  ['山田', '東雲', '北斗', '鈴木', '渡辺', 'さくら', '大和', '富士見', 'あおぞら', '瀬戸内'],
  ['製作所', '商事', '建設', '電機', '物流', '歯科医院', '食品', '印刷', '不動産', 'システム'],
  ['株式会社', '有限会社', '合同会社'],
  (a, b, c) => `${c}${a}${b}`,
);
const korean = join(
  ['한빛', '서울', '미래', '푸른', '대한', '동해', '가온', '새벽'],
  ['전자', '건설', '물류', '식품', '디자인', '치과', '소프트', '무역'],
  ['주식회사', '유한회사', '(주)'],
  (a, b, c) => `${c} ${a}${b}`,
);
const chinese = join(
  ['华东', '星海', '长城', '金桥', '蓝天', '東方', '泰和', '永豐'],
  ['贸易', '科技', '物流', '食品', '建筑设计', '電子', '印刷', '教育'],
  ['有限公司', '集团', '股份有限公司', '(上海)有限公司'],
  (a, b, c) => `${a}${b}${c}`,
);
const cyrillic = join(
  ['Северный', 'Щедрин', 'Зоря', 'Обʼєднання', 'Балкан', 'Йордан', 'Київ', 'Вега'],
  ['Транспорт', 'Буд', 'Аптека', 'Друк', 'Логистика', 'Мебел', 'Енерго', 'Сервис'],
  ['ООО', 'ТОВ', 'ЕООД', 'АО', 'д.о.о.'],
  (a, b, c) => `${c} «${a} ${b}»`,
);
const greek = join(
  ['Αιγαίο', 'Παπαδόπουλος', 'Ήλιος', 'Θεσσαλία', 'Ολυμπία', 'Αθηνά'],
  ['Ναυτιλιακή', 'Τεχνική', 'Τρόφιμα', 'Οδοντιατρική', 'Εκδόσεις', 'Μεταφορές'],
  ['Α.Ε.', 'Ε.Π.Ε.', 'Ο.Ε.', 'και Υιοί'],
  (a, b, c) => `${a} ${b} ${c}`,
);
const arabic = join(
  ['النور', 'الخليج', 'الأندلس', 'المدينة', 'الشرق'],
  ['للتجارة', 'للمقاولات', 'للنقل', 'للأغذية', 'للتصميم'],
  ['شركة', 'مؤسسة', 'مجموعة'],
  (a, b, c) => `${c} ${a} ${b}`,
);
const hebrew = join(
  ['הגליל', 'כרמל', 'שקד', 'אור', 'ירדן'],
  ['הנדסה', 'לוגיסטיקה', 'עיצוב', 'בנייה', 'שיווק'],
  ['בע"מ', 'ושות׳', 'אחזקות'],
  (a, b, c) => `${a} ${b} ${c}`,
);

/** Relative frequencies of the scripts: a European distributor with some customers everywhere. */
const scripts: readonly [Write, ...Write[]] = [
  norwegian,
  ...[norwegian, norwegian, swedish, swedish, swedish, danish, danish, finnish, finnish],
  ...[german, german, german, german, german, german, german],
  ...[english, english, english, english, english, english],
  ...[french, french, spanish, portuguese, italian, italian],
  ...[polish, czech, hungarian, turkish, balkan, estonian],
  japanese,
  japanese,
  korean,
  chinese,
  cyrillic,
  greek,
  arabic,
  hebrew,
];
