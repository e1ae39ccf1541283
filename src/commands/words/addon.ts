import type { Addon } from '../../model/subscription.ts';
import type { Command, Input } from '../command.ts';
import type { ReadContext } from '../context.ts';
import { findSubscription } from '../find.ts';
import { argument } from '../given-values.ts';
import { operationCommands } from '../operation-command.ts';
import { demandAbility } from '../read-ability.ts';
import type { Reply } from '../reply.ts';
import { wellEnded } from '../reply-ending.ts';
import { refArgument } from './flags.ts';

export const addonCommands: readonly Command[] = [
  {
    id: 'addon list',
    summary: 'the add-ons of a subscription',
    words: { kind: 'list', args: [refArgument], flags: [], needs: ['addons'], run: list },
  },
  ...operationCommands('addon'),
];

async function list(context: ReadContext, input: Input): Promise<Reply> {
  const target = await findSubscription(context, input, argument(input, 'REF'), ['addons']);
  const read = await demandAbility(context, target.connection, 'addons');
  const addons = await read(target, input.signal);
  return {
    kind: 'list',
    columns: [
      { id: 'id', title: 'id', align: 'left' },
      { id: 'name', title: 'name', align: 'left' },
      { id: 'quantity', title: 'seats', align: 'right' },
      { id: 'status', title: 'status', align: 'left' },
      { id: 'cancelAtPeriodEnd', title: 'ends with the period', align: 'left' },
      { id: 'endsAt', title: 'ends', align: 'left' },
    ],
    rows: addons.map(rowOf),
    empty: 'The subscription has no add-ons.',
    ...wellEnded,
  };
}

function rowOf({ id, name, quantity, status, cancelAtPeriodEnd, endsAt }: Addon) {
  return {
    json: { id, name, quantity, status, cancelAtPeriodEnd, endsAt },
    cells: [id, name, quantity === null ? null : String(quantity), status, cancelAtPeriodEnd ? 'yes' : 'no', endsAt],
  };
}
