import type { Finding, ProbeReport, ShapedField } from '../../api/contract.ts';
import { fault } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { Command, Input } from '../command.ts';
import type { ReadingContext } from '../context.ts';
import { findConnection } from '../find.ts';
import { argument } from '../given-values.ts';
import { listOf, mapOf, object, texts } from '../output-shape.ts';
import type { Reply, Section } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';

const shapedFields = listOf(object({ name: 'text', present: 'number', types: listOf('text') }));
const probeShape = object({
  vendor: 'text',
  assumptions: listOf(object(texts('id', 'says', 'evidence', 'finding', 'seen', 'propose'))),
  shapes: listOf(object({ of: 'text', count: 'number', fields: shapedFields })),
  statusWords: listOf(object({ word: 'text', count: 'number', isKnown: 'switch' })),
  rateHeaders: mapOf('number'),
  error: object({ status: 'number', fields: shapedFields }),
  clockDifferenceSeconds: 'number',
});

export const connectionProbe: Command = {
  id: 'connection probe',
  summary: 'check the assumptions about the vendor against the live service, with reads only',
  words: {
    effect: 'reads',
    output: probeShape,
    kind: 'object',
    args: [{ name: 'NAME', help: 'a connection', completes: 'connection' }],
    flags: [],
    examples: ['connection probe nordic --json > probe.json'],
    run: probe,
  },
};

/** The report can be handed on: names of fields, types, words and counts, never values. */
async function probe(context: Pick<ReadingContext, 'connections' | 'mode'>, input: Input): Promise<Reply> {
  const { name } = findConnection(context, argument(input, 'NAME'));
  if (context.mode.offline) throw fault('denied', 'Offline mode makes no calls to vendors.', 'Leave out --offline.');
  const report = await context.connections.probe(name, input.signal);
  return { kind: 'object', json: report, sections: sectionsOf(name, report), ...wellEnded };
}

const titles: Readonly<Record<Finding, string>> = {
  'does-not-hold': 'Does not hold',
  holds: 'Holds',
  open: 'Open',
};

function sectionsOf(name: string, report: ProbeReport): readonly Section[] {
  const { assumptions, shapes, statusWords, rateHeaders, error, clockDifferenceSeconds } = report;
  const found = (['does-not-hold', 'holds', 'open'] as const).map((finding) => ({
    title: titles[finding],
    fields: assumptions
      .filter((one) => one.finding === finding)
      .map(({ id, seen, propose }) => ({
        label: id,
        value: propose === null ? seen : `${seen} Try: subdeck connection set ${shellWord(name)} ${shellWord(propose)}`,
      })),
    empty: 'None.',
  }));
  return [
    ...found,
    ...shapes.map(({ of, count, fields }) => ({
      title: `Fields of ${of} (${count})`,
      fields: fields.map(shapeField),
      empty: 'None.',
    })),
    {
      title: 'Values of the status',
      fields: statusWords.map(({ word, count, isKnown }) => ({
        label: word,
        value: isKnown ? `${count}` : `${count}, unknown`,
      })),
      empty: 'None.',
    },
    {
      title: 'Answers',
      fields: [
        ...Object.entries(rateHeaders).map(([label, count]) => ({ label, value: `${count}` })),
        ...(error === null
          ? []
          : [{ label: 'an unknown id', value: `${error.status}` }, ...error.fields.map(shapeField)]),
        {
          label: "the vendor's clock",
          value: clockDifferenceSeconds === null ? 'not named' : `${clockDifferenceSeconds} s off this computer's`,
        },
      ],
    },
  ];
}

function shapeField({ name, present, types }: ShapedField): { readonly label: string; readonly value: string } {
  return { label: name, value: `${types.join(' or ')} (${present})` };
}
