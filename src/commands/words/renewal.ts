import type { JsonObject } from '../../model/text.ts';
import { valueWords } from '../../model/value-words.ts';
import type { Command, Input } from '../command.ts';
import type { ReadContext } from '../context.ts';
import { findSubscription } from '../find.ts';
import { argument } from '../given-values.ts';
import { readOrKept } from '../kept-reads.ts';
import { operationCommands } from '../operation-command.ts';
import { mapOf, object, texts } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { refArgument } from './flags.ts';

export const renewalCommands: readonly Command[] = [
  {
    id: 'renewal show',
    summary: 'the renewal settings of a subscription',
    words: {
      effect: 'reads',
      output: object({ ...texts('ref', 'readAt'), renewal: mapOf('any') }),
      kind: 'object',
      args: [refArgument],
      flags: [],
      needs: ['renewal'],
      run: (context, input) => show(context, input, 'renewal'),
    },
  },
  ...operationCommands('renewal'),
  {
    id: 'reservation show',
    summary: 'the reservation of a subscription',
    words: {
      effect: 'reads',
      output: object({ ...texts('ref', 'readAt'), reservation: mapOf('any') }),
      kind: 'object',
      args: [refArgument],
      flags: [],
      needs: ['reservation'],
      run: (context, input) => show(context, input, 'reservation'),
    },
  },
  ...operationCommands('reservation'),
];

async function show(context: ReadContext, input: Input, what: 'renewal' | 'reservation'): Promise<Reply> {
  const target = await findSubscription(context, input, argument(input, 'REF'), [what]);
  const { value: found, readAt, faults } = await readOrKept(context, input, target, what);
  return {
    kind: 'object',
    json: { ref: target.ref, [what]: found, readAt },
    sections: [{ title: null, fields: fieldsOf(found ?? {}), empty: `There is no ${what}.` }],
    ...ending(faults, true),
  };
}

function fieldsOf(found: JsonObject) {
  return Object.entries(found).map(([label, value]) => ({
    label,
    value: value === null ? null : valueWords(value, label),
  }));
}
