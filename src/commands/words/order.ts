import { can, type Order } from '../../api/contract.ts';
import { dateWords } from '../../model/date-words.ts';
import { type Fault, FaultError, fault } from '../../model/fault.ts';
import type { Command, Input } from '../command.ts';
import type { ReadingContext } from '../context.ts';
import { requestedScope } from '../find.ts';
import { argument } from '../given-values.ts';
import { listOf, named, object, texts } from '../output-shape.ts';
import { plainColumns } from '../plain-columns.ts';
import type { Reply } from '../reply.ts';
import { ending, wellEnded } from '../reply-ending.ts';
import { connectionFlag } from './flags.ts';

const orderShape = object({
  ...texts('id', 'connection', 'status', 'createdAt', 'expiresAt'),
  organization: named,
  items: listOf(object({ ...texts('name', 'subscriptionId'), quantity: 'number' })),
});

export const orderCommands: readonly Command[] = [
  {
    id: 'order list',
    summary: 'drafts and orders created by this installation',
    words: { effect: 'reads', output: orderShape, kind: 'list', args: [], flags: [connectionFlag], run: list },
  },
  {
    id: 'order show',
    summary: 'one order with its items',
    words: {
      effect: 'reads',
      output: orderShape,
      kind: 'object',
      args: [{ name: 'ID', help: "the order's id" }],
      flags: [connectionFlag],
      run: show,
    },
  },
];

const orderColumns = plainColumns(
  ['id', 'connection', 'status', 'createdAt', 'expiresAt', 'organization', 'items'],
  ['createdAt', 'expiresAt'],
);

interface Placed extends Order {
  readonly connection: string;
}

/** Orders of every connection in scope that supports them. Throws `denied` if none does. */
async function read(context: Pick<ReadingContext, 'cache' | 'connections' | 'mode'>, input: Input) {
  if (context.mode.offline) throw fault('denied', 'Offline mode makes no calls to vendors.', 'Leave out --offline.');
  const { names } = requestedScope(context, input);
  const faults: Fault[] = [];
  const reasons: string[] = [];
  const answers = await Promise.all(
    names.map(async (connection): Promise<readonly Placed[]> => {
      try {
        const { abilities } = await context.connections.vendor(connection);
        if (!can(abilities.orders)) {
          reasons.push(abilities.orders.no);
          return [];
        }
        return (await abilities.orders(input.signal)).map((order) => ({ ...order, connection }));
      } catch (error) {
        if (!(error instanceof FaultError)) throw error;
        faults.push(error.fault);
        return [];
      }
    }),
  );
  if (reasons.length === names.length)
    throw fault('denied', reasons[0] ?? '', 'subdeck vendors shows which vendors have orders.');
  return { orders: answers.flat(), faults, usable: faults.length + reasons.length < names.length };
}

async function list(context: Pick<ReadingContext, 'cache' | 'connections' | 'mode'>, input: Input): Promise<Reply> {
  const { orders, faults, usable } = await read(context, input);
  return {
    kind: 'list',
    columns: orderColumns,
    rows: orders.map((order) => ({ json: json(order), cells: cells(order) })),
    empty: 'This installation has created no orders.',
    ...ending(faults, usable),
  };
}

async function show(context: Pick<ReadingContext, 'cache' | 'connections' | 'mode'>, input: Input): Promise<Reply> {
  const id = argument(input, 'ID');
  const { orders, faults } = await read(context, input);
  const order = orders.find((one) => one.id === id);
  if (!order) {
    const [first] = faults;
    if (first) throw new FaultError(first);
    throw fault('missing', `There is no order "${id}".`, 'subdeck order list shows them.');
  }
  const labels = ['Order', 'Connection', 'Status', 'Created', 'Expires', 'Organization', 'Items'];
  const values = cells(order).map((value, at) =>
    value !== null && orderColumns[at]?.isDate ? dateWords(value) : value,
  );
  return {
    kind: 'object',
    json: json(order),
    sections: [{ title: null, fields: labels.map((label, at) => ({ label, value: values[at] ?? null })) }],
    ...wellEnded,
  };
}

function json({ connection, id, status, createdAt, expiresAt, organization, items }: Placed): object {
  return { id, connection, status, createdAt, expiresAt, organization, items };
}

function cells({
  connection,
  id,
  status,
  createdAt,
  expiresAt,
  organization,
  items,
}: Placed): readonly (string | null)[] {
  const texts = items.map(({ name, quantity }) => (quantity === null ? name : `${quantity} × ${name}`));
  return [id, connection, status, createdAt, expiresAt, organization?.name ?? null, texts.join(', ') || null];
}
