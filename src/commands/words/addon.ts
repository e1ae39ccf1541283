import type { Addon } from '../../model/subscription.ts';
import type { Command, Input } from '../command.ts';
import type { ReadContext } from '../context.ts';
import { findSubscription } from '../find.ts';
import { argument } from '../given-values.ts';
import { readOrKept } from '../kept-reads.ts';
import { operationCommands } from '../operation-command.ts';
import { object, texts } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { ending } from '../reply-ending.ts';
import { refArgument } from './flags.ts';

export const addonCommands: readonly Command[] = [
  {
    id: 'addon list',
    summary: 'the add-ons of a subscription',
    words: {
      effect: 'reads',
      output: object({
        ...texts('id', 'name', 'status', 'endsAt', 'readAt'),
        quantity: 'number',
        cancelAtPeriodEnd: 'switch',
      }),
      kind: 'list',
      args: [refArgument],
      flags: [],
      needs: ['addons'],
      run: list,
    },
  },
  ...operationCommands('addon'),
];

async function list(context: ReadContext, input: Input): Promise<Reply> {
  const target = await findSubscription(context, input, argument(input, 'REF'), ['addons']);
  const { value: addons, readAt, faults } = await readOrKept(context, input, target, 'addons');
  return {
    kind: 'list',
    columns: [
      { id: 'id', title: 'id', align: 'left' },
      { id: 'name', title: 'name', align: 'left' },
      { id: 'quantity', title: 'seats', align: 'right' },
      { id: 'status', title: 'status', align: 'left' },
      { id: 'cancelAtPeriodEnd', title: 'ends with the period', align: 'left' },
      { id: 'endsAt', title: 'ends', align: 'left', isDate: true },
    ],
    rows: addons.map((addon) => rowOf(addon, readAt)),
    empty: 'The subscription has no add-ons.',
    ...ending(faults, true),
  };
}

function rowOf({ id, name, quantity, status, cancelAtPeriodEnd, endsAt }: Addon, readAt: string) {
  return {
    json: { id, name, quantity, status, cancelAtPeriodEnd, endsAt, readAt },
    cells: [id, name, quantity === null ? null : String(quantity), status, cancelAtPeriodEnd ? 'yes' : 'no', endsAt],
  };
}
