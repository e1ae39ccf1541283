import { vendors } from '../../src/api/registry.ts';
import { vendorKindsOf } from '../../src/app/connection-setup.ts';
import type { Described, Part, Topic } from '../../src/commands/reference/topic.ts';
import { commands } from '../../src/commands/table.ts';
import { mark, markdown, page, table, wrapped } from './markdown.ts';

/** What the topics of `subdeck help` are derived from, in the pages as in the program. */
export const described: Described = { commands, vendors: vendorKindsOf(vendors) };

/** A topic of `subdeck help` as a page of `reference`. `more`: lines that only the page has. */
export function topicPage(topic: Topic, more: readonly string[] = []): string {
  return page([
    `# ${topic.title}`,
    mark,
    `\`subdeck help ${topic.word}\` shows this page in the terminal.`,
    ...topic.parts(described).flatMap(partLines),
    ...more,
  ]);
}

function partLines({ title, paragraphs = [], example = [], table: facts }: Part): readonly string[] {
  return [
    ...(title === undefined ? [] : [`## ${title}`]),
    ...paragraphs.flatMap((paragraph) => ['', ...wrapped(markdown(paragraph))]),
    ...(example.length > 0 ? ['', '```', ...example, '```', ''] : []),
    ...(facts === undefined
      ? []
      : [
          '',
          ...table(
            facts.heads,
            facts.rows.map((row) => row.map(markdown)),
          ),
        ]),
  ];
}
