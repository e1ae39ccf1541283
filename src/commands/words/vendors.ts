import { type AbilityName, can } from '../../api/vendor.ts';
import type { Command } from '../command.ts';
import type { Context } from '../context.ts';
import { wellEnded } from '../ending.ts';
import type { Reply } from '../reply.ts';

export const vendorsCommand: Command = {
  id: 'vendors',
  summary: 'what each vendor can do, and why not',
  words: { kind: 'list', args: [], flags: [], run: async (context) => run(context) },
};

/** What people call each ability, in the order of the matrix. */
const labels = {
  sync: 'read all subscriptions',
  search: 'search at the vendor',
  read: 'read one subscription',
  history: 'history',
  details: 'details',
  addons: 'add-ons',
  products: 'products and price lists',
  orders: 'orders',
  renewal: 'show the renewal',
  reservation: 'show the reservation',
  follow: 'follow a request',
  cancel: 'cancel',
  delete: 'delete',
  lowerQuantity: 'lower the quantity',
  raiseQuantity: 'raise the quantity',
  setLicense: 'set the licence key',
  update: 'update',
  suspend: 'suspend',
  reactivate: 'reactivate',
  create: 'create',
  cancelAddon: 'cancel an add-on',
  setRenewal: 'set the renewal',
  createReservation: 'reserve a change',
  withdrawReservation: 'withdraw a reservation',
} as const satisfies Record<AbilityName, string>;

async function run(context: Context): Promise<Reply> {
  const kinds = await context.connections.abilityMatrix();
  const names = Object.keys(labels) as readonly AbilityName[];
  return {
    kind: 'list',
    columns: [
      { id: 'ability', title: 'ability', align: 'left' },
      ...kinds.map(({ kind }) => ({ id: kind, title: kind, align: 'left' }) as const),
    ],
    rows: names.map((name) => ({
      json: {
        ability: name,
        title: labels[name],
        vendors: kinds.map(({ kind, vendor, abilities }) => {
          const ability = abilities[name];
          return can(ability)
            ? { kind, vendor, can: true, reason: null }
            : { kind, vendor, can: false, reason: ability.no };
        }),
      },
      cells: [labels[name], ...kinds.map(({ abilities }) => (can(abilities[name]) ? 'yes' : '–'))],
    })),
    empty: 'There is no vendor.',
    ...wellEnded,
  };
}
