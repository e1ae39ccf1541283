import type { JsonObject } from '../../model/text.ts';
import type { Command, Input } from '../command.ts';
import type { ReadContext } from '../context.ts';
import { findSubscription } from '../find.ts';
import { argument, pairs } from '../given-values.ts';
import { demandAbility } from '../read-ability.ts';
import type { Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';
import { writeWords } from '../write-command.ts';
import { refArgument } from './flags.ts';

export const renewalCommands: readonly Command[] = [
  {
    id: 'renewal show',
    summary: 'what happens to a subscription at its renewal',
    words: { kind: 'object', args: [refArgument], flags: [], run: (context, input) => show(context, input, 'renewal') },
  },
  {
    id: 'renewal set',
    summary: 'keep, change or cancel at renewal',
    words: writeWords({
      args: [
        refArgument,
        { name: 'key=value', help: 'type=stay|change|cancel product=… plan=… quantity=…', rest: true },
      ],
      flags: [],
      examples: ['renewal set line/123 type=change quantity=20'],
      writeRequest: async (_context, input) => ({
        verb: 'renewal-set',
        ref: argument(input, 'REF'),
        changes: pairs(input.rest),
      }),
    }),
  },
  {
    id: 'reservation show',
    summary: 'what is reserved for a subscription',
    words: {
      kind: 'object',
      args: [refArgument],
      flags: [],
      run: (context, input) => show(context, input, 'reservation'),
    },
  },
  {
    id: 'reservation create',
    summary: 'reserve a change for a day to come',
    words: writeWords({
      args: [refArgument, { name: 'key=value', help: 'type=… date=… quantity=…', rest: true }],
      flags: [],
      examples: ['reservation create line/123 type=ADD_LICENSE quantity=5'],
      writeRequest: async (_context, input) => ({
        verb: 'reservation-create',
        ref: argument(input, 'REF'),
        changes: pairs(input.rest),
      }),
    }),
  },
  {
    id: 'reservation withdraw',
    summary: 'take a reservation back',
    words: writeWords({
      args: [refArgument],
      flags: [],
      writeRequest: async (_context, input) => ({ verb: 'reservation-withdraw', ref: argument(input, 'REF') }),
    }),
  },
];

async function show(context: ReadContext, input: Input, what: 'renewal' | 'reservation'): Promise<Reply> {
  const target = await findSubscription(context, input, argument(input, 'REF'));
  const read = await demandAbility(context, target.connection, what);
  const found = await read(target, input.signal);
  return {
    kind: 'object',
    json: { ref: target.ref, [what]: found },
    sections: [{ title: null, fields: fieldsOf(found ?? {}), empty: `There is no ${what}.` }],
    ...wellEnded,
  };
}

function fieldsOf(found: JsonObject) {
  return Object.entries(found).map(([label, value]) => ({
    label,
    value: value === null ? null : typeof value === 'string' ? value : JSON.stringify(value),
  }));
}
