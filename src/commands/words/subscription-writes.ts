import { fault } from '../../model/fault.ts';
import type { WriteRequest } from '../../writes/contract.ts';
import type { Command, Input } from '../command.ts';
import type { Context } from '../context.ts';
import { findConnection, findSubscription } from '../find.ts';
import { argument, demandedFlag, flag, pairs, wholeNumber } from '../given-values.ts';
import { writeWords } from '../write-command.ts';
import { refArgument } from './flags.ts';

const changesArgument = { name: 'key=value', help: 'what to change', rest: true };

export const subscriptionWrites: readonly Command[] = [
  {
    id: 'subscription cancel',
    summary: 'cancel a subscription',
    words: writeWords({
      args: [refArgument],
      flags: [
        {
          name: 'mode',
          value: 'MODE',
          choices: ['cancel', 'delete'],
          help: 'cancel or delete; Cloudmore sellers must choose',
        },
      ],
      examples: ['subscription cancel nordic/sub-1', 'subscription cancel nordic/sub-1 --yes --confirm sub-1'],
      writeRequest: async (_context, input) => ({
        verb: 'cancel',
        ref: argument(input, 'REF'),
        mode: modeOf(flag(input, 'mode')),
      }),
    }),
  },
  {
    id: 'subscription set-quantity',
    summary: "lower or raise the quantity, the vendor's own way of doing each",
    words: writeWords({
      args: [refArgument, { name: 'N', help: 'the new quantity' }],
      flags: [],
      examples: ['subscription set-quantity nordic/sub-1 20 --wait=120'],
      writeRequest: async (_context, input) => ({
        verb: 'set-quantity',
        ref: argument(input, 'REF'),
        quantity: wholeNumber(argument(input, 'N'), 'The quantity'),
      }),
    }),
  },
  {
    id: 'subscription set-license',
    summary: 'set the licence key, read from stdin',
    words: writeWords({
      args: [refArgument],
      flags: [],
      examples: ['subscription set-license nordic/sub-1 --yes --confirm sub-1 < key.txt'],
      writeRequest: setLicense,
    }),
  },
  {
    id: 'subscription update',
    summary: 'change what the vendor lets be changed',
    words: writeWords({
      args: [refArgument, changesArgument],
      flags: [],
      examples: ['subscription update nordic/sub-1 name="Backup 200"'],
      writeRequest: async (_context, input) => ({
        verb: 'update',
        ref: argument(input, 'REF'),
        changes: pairs(input.rest),
      }),
    }),
  },
  {
    id: 'subscription suspend',
    summary: 'suspend a subscription',
    words: writeWords({
      args: [refArgument],
      flags: [],
      writeRequest: async (_context, input) => ({ verb: 'suspend', ref: argument(input, 'REF') }),
    }),
  },
  {
    id: 'subscription reactivate',
    summary: 'take a suspended subscription up again',
    words: writeWords({
      args: [refArgument],
      flags: [],
      writeRequest: async (_context, input) => ({ verb: 'reactivate', ref: argument(input, 'REF') }),
    }),
  },
  {
    id: 'subscription create',
    summary: 'create a subscription from a price list (Cloudmore)',
    words: writeWords({
      args: [{ name: 'key=value', help: 'product=… quantity=… and, if wanted, name=…', rest: true }],
      flags: [
        { name: 'connection', value: 'C', help: 'the connection' },
        { name: 'organization', value: 'O', help: "the organization's id" },
        { name: 'service', value: 'S', help: "the service's id" },
      ],
      examples: ['subscription create --connection nordic --organization o-1 --service s-1 product=p-1 quantity=5'],
      writeRequest: create,
    }),
  },
];

function modeOf(text: string | null): 'cancel' | 'delete' | null {
  return text === 'cancel' || text === 'delete' ? text : null;
}

async function setLicense(context: Context, input: Input): Promise<WriteRequest> {
  const ref = argument(input, 'REF');
  await findSubscription(context, input, ref);
  // A line ends where the key does; nothing else is taken off it.
  const licenseKey = (await input.stdin()).replace(/[\r\n]+$/, '');
  if (licenseKey.trim() !== '') return { verb: 'set-license', ref, licenseKey };
  throw fault('usage', 'No licence key came on stdin.', 'Pipe it in: subdeck subscription set-license REF < key.txt');
}

async function create(context: Context, input: Input): Promise<WriteRequest> {
  const { product, quantity, name, ...others } = pairs(input.rest);
  const [stranger] = Object.keys(others);
  if (stranger) throw fault('usage', `create does not know ${stranger}.`, 'It takes product, quantity and name.');
  if (!product || quantity === undefined) {
    throw fault('usage', 'create needs product=… and quantity=…', 'subdeck product list shows the products.');
  }
  return {
    verb: 'create',
    connection: findConnection(context, demandedFlag(input, 'connection')).name,
    organizationId: demandedFlag(input, 'organization'),
    serviceId: demandedFlag(input, 'service'),
    productId: product,
    quantity: wholeNumber(quantity, 'quantity'),
    name: name ?? null,
  };
}
