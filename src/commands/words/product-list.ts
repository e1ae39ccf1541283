import { priceText } from '../../model/main-price.ts';
import type { Product } from '../../model/subscription.ts';
import type { Command, Input } from '../command.ts';
import type { ReadContext } from '../context.ts';
import { findConnection } from '../find.ts';
import { demandedFlag, flag } from '../given-values.ts';
import { productsOrKept } from '../kept-reads.ts';
import { object, texts } from '../output-shape.ts';
import type { Reply } from '../reply.ts';
import { ending } from '../reply-ending.ts';

export const productList: Command = {
  id: 'product list',
  summary: 'price lists and products, if the vendor has them',
  words: {
    effect: 'reads',
    output: object({ ...texts('id', 'name', 'code', 'readAt'), price: object(texts('kind', 'amount', 'currency')) }),
    kind: 'list',
    args: [],
    flags: [
      { name: 'connection', value: 'C', help: 'the connection', completes: 'connection' },
      { name: 'organization', value: 'O', help: "the organization's id" },
      { name: 'service', value: 'S', help: "the service's id" },
    ],
    examples: ['product list --connection nordic --service s-1'],
    run,
  },
};

async function run(context: ReadContext, input: Input): Promise<Reply> {
  const connection = findConnection(context, demandedFlag(input, 'connection'));
  const where = { organization: flag(input, 'organization'), service: flag(input, 'service'), reseller: null };
  const { value: products, readAt, faults } = await productsOrKept(context, input, connection, where);
  return {
    kind: 'list',
    columns: [
      { id: 'id', title: 'id', align: 'left' },
      { id: 'name', title: 'name', align: 'left' },
      { id: 'code', title: 'code', align: 'left' },
      { id: 'price', title: 'price', align: 'right' },
    ],
    rows: products.map((product) => rowOf(product, readAt)),
    empty: 'There are no products here.',
    ...ending(faults, true),
  };
}

function rowOf({ id, name, code, price }: Product, readAt: string) {
  return { json: { id, name, code, price, readAt }, cells: [id, name, code, price && priceText(price)] };
}
