import { type VariableGroup, variablesOf } from '../../model/environment.ts';
import type { Topic } from './topic.ts';

const groups: Readonly<Record<VariableGroup, { readonly title: string; readonly text?: string }>> = {
  own: { title: 'Of Subdeck' },
  places: { title: 'Where files are', text: 'Without `SUBDECK_HOME` alone.' },
  network: { title: 'Network', text: 'The first two are read in small letters too (`https_proxy`), which win.' },
  team: { title: 'A team’s store' },
  terminal: { title: 'Terminal' },
  programs: { title: 'Other programs' },
  refused: {
    title: 'Refused',
    text: 'While one of these is set, Subdeck exits 2 and says which: it would show secrets, or change what is written where.',
  },
};

/** Every variable that is read, from the declaration that the code reads them by. */
export const environmentTopic: Topic = {
  word: 'environment',
  title: 'Variables of the environment',
  summary: 'SUBDECK_HOME and every other variable',
  inManual: 'whole',
  parts: () => [
    {
      paragraphs: [
        'A flag wins over a variable, and a variable over a setting; what restricts (offline, read-only) holds wherever it stands. Secrets are taken out of the environment at the start: no other program that Subdeck starts inherits one.',
      ],
    },
    ...Object.entries(groups).map(([group, { title, text }]) => ({
      title,
      ...(text === undefined ? {} : { paragraphs: [text] }),
      table: {
        heads: ['Variable', 'What it does'],
        rows: variablesOf(group as VariableGroup).map(([name, { does }]) => [`\`${name}\``, does]),
      },
    })),
  ],
};
