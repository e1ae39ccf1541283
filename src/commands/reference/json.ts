import { journalStates } from '../../model/journal-entry.ts';
import { requestStates } from '../../model/request.ts';
import { priceKinds, renewalModes, statuses } from '../../model/subscription.ts';
import { urgencies } from '../../today/item.ts';
import type { Command, Words } from '../command.ts';
import type { OutputShape } from '../output-shape.ts';
import { writeOutcomes } from '../reply.ts';
import { faultLineShape } from '../row-shapes.ts';
import type { Topic } from './topic.ts';

/** The JSON that each command prints, from the shapes that the schemas and the assistant's tools come from. */
export const jsonTopic: Topic = {
  word: 'json',
  title: 'JSON',
  summary: 'what each command and error prints as JSON',
  inManual: 'whole',
  parts: ({ commands }) => [
    {
      paragraphs: [
        'With `--json` a list is one array and everything else one object; `--ndjson` gives the rows of a list, one JSON object a line. stdout has data and nothing else: progress, hints and errors go to stderr.',
        'Any value may be null, which is unknown or none. Ids are texts of the vendor. Dates of a subscription are exactly as the vendor wrote them; times of Subdeck (`at`, `readAt`, …) are ISO 8601 in UTC. An `amount` is a decimal number in a text, with the vendor’s own digits.',
        'Names of fields, and what they hold, stay the same between versions; a later version may add fields. `docs/reference/json` has a JSON schema for each command.',
      ],
      example: [
        "subdeck subscription list --filter 'qty<10' --json | jq -r '.[].ref'",
        'subdeck today --json | jq \'.items[] | select(.urgency == "now")\'',
      ],
    },
    {
      title: 'Errors',
      paragraphs: [
        `Each error is one line on stderr, \`{"error": {…}}\`, with ${namesOf(faultLineShape.fields.error ?? 'any')}. \`message\` says what happened, \`next\` what to do, \`sent\` whether a change left this machine, and \`kind\` is a kind of the exit codes. What is missing from a list is such a line too.`,
      ],
    },
    {
      title: 'Words',
      table: {
        heads: ['Field', 'Its values'],
        rows: [
          ['`status`', 'of a subscription', statuses],
          ['`renewal.mode`', 'of a subscription', renewalModes],
          ['`prices[].kind`', 'of a subscription', priceKinds],
          ['`outcome`', 'of a change', writeOutcomes],
          ['`state`', 'of a request', requestStates],
          ['`state`', 'of an entry of the journal', journalStates],
          ['`urgency`', 'of an item of Today', urgencies],
        ].map(([field, of, words]) => [String(field), `${of}: ${(words as readonly string[]).join(', ')}`]),
      },
    },
    {
      title: 'Commands',
      paragraphs: ['A field with `?` is there only where it says something.'],
      table: {
        heads: ['Command', 'What it prints'],
        rows: commandRows(commands),
      },
    },
  ],
};

/** A shape of several commands is spelled out for the first. */
function commandRows(commands: readonly Command[]): readonly (readonly string[])[] {
  const first = new Map<OutputShape, string>();
  return commands.flatMap(({ id, words }) => {
    if (words === undefined) return [];
    const like = first.get(words.output);
    if (like === undefined) first.set(words.output, id);
    const a = words.kind === 'list' ? 'an array of objects' : 'an object';
    return [[`\`${id}\``, like === undefined ? printed(words) : `${a} as of \`${like}\``]];
  });
}

function printed({ kind, output, outputAbout }: Words): string {
  if (kind !== 'list') return alternatives(output);
  const list = `an array of objects with ${namesOf(output)}`;
  return outputAbout === undefined ? list : `an object with ${namesOf(outputAbout)}, and \`rows\`, ${list}`;
}

function alternatives(output: OutputShape): string {
  if (typeof output === 'object' && 'either' in output) return output.either.map(alternatives).join('; or ');
  if (typeof output === 'object' && 'listOf' in output) return `an array of objects with ${namesOf(output.listOf)}`;
  return `an object with ${namesOf(output)}`;
}

function namesOf(shape: OutputShape): string {
  if (typeof shape !== 'object' || !('fields' in shape)) return 'fields of the vendor';
  const names = [
    ...Object.keys(shape.fields).map((name) => `\`${name}\``),
    ...Object.keys(shape.sometimes).map((name) => `\`${name}\`?`),
  ];
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
}
