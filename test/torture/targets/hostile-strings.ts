import stringWidth from 'string-width';
import { safeText } from '../../../src/api/text.ts';
import { csvLines } from '../../../src/commands/csv.ts';
import { markdownCode, markdownText } from '../../../src/model/markdown.ts';
import { printable } from '../../../src/model/printable.ts';
import { safeJson } from '../../../src/model/safe-json.ts';
import { visible, widthOf } from '../../../src/screens/text/cells.ts';
import { fitTo } from '../../../src/screens/text/fit.ts';
import { forbiddenIn, hostileText } from '../../hostile/payloads.ts';
import { seededRandom, type Target } from '../target.ts';

/** The joiner occurs inside emoji; the line ends are written by the sink. */
const cleaners: readonly (readonly [string, (text: string) => string, string])[] = [
  ['the sanitiser', (text) => safeText(text), '\u200d'],
  ['the command line', printable, '\u200d'],
  ['the screen', visible, ''],
  ['a column', (text) => fitTo(text, 12), ''],
  ['JSON', (text) => safeJson({ [text]: text }), ''],
  [
    'CSV',
    (text) =>
      [...csvLines({ columns: [{ id: 'a', title: 'a', align: 'left' }], rows: [{ json: {}, cells: [text] }] })].join(
        '',
      ),
    '\u200d\r\n',
  ],
  ['Markdown', (text) => markdownText(text) + markdownCode(text), '\u200d'],
];

export const hostileStrings: Target = {
  name: 'hostile strings',
  promise: 'No text of a vendor leaves a sanitiser with a character that steers a terminal or is invisible.',
  full: 1_000_000,
  mutants: [
    {
      name: 'a sanitiser that forgets C1',
      tries: 3000,
      patches: [{ file: 'src/api/text.ts', find: '\\x7f-\\x9f', replace: '\\x7f' }],
    },
    {
      name: 'a sanitiser that forgets format characters',
      tries: 3000,
      patches: [{ file: 'src/api/text.ts', find: '|\\p{Cf}|\\p{Default_Ignorable_Code_Point}', replace: '' }],
    },
    {
      name: 'a command line that forgets controls',
      tries: 3000,
      patches: [{ file: 'src/model/printable.ts', find: '[\\p{Cc}\\p{Cf}', replace: '[\\p{Cf}' }],
    },
    {
      name: 'a screen that draws invisible characters',
      tries: 3000,
      patches: [
        {
          file: 'src/screens/text/cells.ts',
          find: 'if (unseen.test(cluster) || loneMark.test(cluster) || takesWhatFollows.test(cluster))',
          replace: 'if (cluster === "")',
        },
      ],
    },
  ],
  async run({ n, seed }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    for (let nth = 0; nth < n; nth += 1) {
      const text = hostileText(random);
      for (const [name, clean, allowed] of cleaners) {
        const shown = clean(text);
        const found = forbiddenIn(shown, allowed);
        if (found !== null) faults.push(`${name} lets ${found} through: ${JSON.stringify(text)}`);
        if (name === 'a column' && (widthOf(shown) !== 12 || stringWidth(shown) !== 12))
          faults.push(`a column is ${stringWidth(shown)} wide: ${JSON.stringify(text)}`);
        if (/\p{M}{5}/u.test(shown) && /sanitiser|screen|column/.test(name))
          faults.push(`${name} leaves a pile of marks: ${JSON.stringify(text)}`);
      }
    }
    return { n, faults, facts: [`${cleaners.length} cleaners`] };
  },
};
