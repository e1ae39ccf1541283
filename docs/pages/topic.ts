import { vendors as registered } from '../../src/api/registry.ts';
import type { Vendors } from '../../src/api/vendor-kind.ts';
import { systemClock } from '../../src/app/clock.ts';
import { vendorKindsOf } from '../../src/app/connection-setup.ts';
import { abilitiesOf } from '../../src/app/connections.ts';
import type { Described, Part, Topic } from '../../src/commands/reference/topic.ts';
import { commands } from '../../src/commands/table.ts';
import { mark, markdown, page, table, wrapped } from './markdown.ts';

/** What the topics of `subdeck help` are derived from, in the pages as in the program. */
export function describedBy(vendors: Vendors): Described {
  return {
    commands,
    vendors: vendorKindsOf(vendors),
    abilities: () => abilitiesOf({ vendors, clock: systemClock }),
  };
}

export const described = describedBy(registered);

/** A topic of `subdeck help` as a page of `reference`. */
export async function topicPage(topic: Topic, about: Described = described): Promise<string> {
  return page([
    `# ${topic.title}`,
    mark,
    `\`subdeck help ${topic.word}\` shows this page in the terminal.`,
    ...(await topic.parts(about)).flatMap(partLines),
  ]);
}

function partLines({ title, level, paragraphs = [], example = [], table: facts }: Part): readonly string[] {
  return [
    ...(title === undefined ? [] : [`${level === 'sub' ? '###' : '##'} ${title}`]),
    ...paragraphs.flatMap((paragraph) => ['', ...wrapped(markdown(paragraph))]),
    ...(example.length > 0 ? ['', '```', ...example, '```', ''] : []),
    ...(facts === undefined
      ? []
      : [
          '',
          ...table(
            facts.heads,
            // A cell may have several lines.
            facts.rows.map((row) => row.map((cell) => cell.split('\n').map(markdown).join('<br>'))),
          ),
        ]),
  ];
}
