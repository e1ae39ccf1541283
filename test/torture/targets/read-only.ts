import { createServer } from 'node:net';
import { type Abilities, can, type Draft, type WriteAbilityName } from '../../../src/api/contract.ts';
import { vendors } from '../../../src/api/registry.ts';
import { safeText } from '../../../src/api/text.ts';
import { FaultError } from '../../../src/model/fault.ts';
import { subscriptionFrom } from '../../../src/model/mapped-subscription.ts';
import { unlimitedPermit } from '../../../src/model/send-permit.ts';
import { withDefaults } from '../../../src/model/setting-check.ts';
import type { Subscription } from '../../../src/model/subscription.ts';
import type { VendorId } from '../../../src/model/vendor.ts';
import { realClock } from '../../fault-server/clocks.ts';
import type { Target } from '../target.ts';

export const readOnly: Target = {
  name: 'read-only',
  promise: 'While writes are disabled, no write ability of any vendor opens a socket.',
  full: 200,
  mutants: [
    {
      name: 'read-only in the interface alone',
      tries: 100,
      patches: [
        {
          file: 'src/api/http/write-client.ts',
          find: 'const why = setup.allowWrites();',
          replace: 'const why = null as string | null;',
        },
      ],
    },
  ],
  async run({ n }) {
    let sockets = 0;
    const server = createServer((socket) => {
      sockets += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    const origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const faults: string[] = [];
    const abilities = new Set<string>();
    let tried = 0;
    while (tried < n) {
      const before = tried;
      for (const { name, draft } of await everyDraft(origin)) {
        abilities.add(name);
        for (const step of draft.steps) {
          const answer = await step.send({ orderId: 'or-1' }, unlimitedPermit);
          tried += 1;
          if (answer.outcome !== 'unsent') faults.push(`${name}, ${step.name}: ${answer.outcome}`);
          if (sockets > 0) faults.push(`${name}, ${step.name}: ${sockets} sockets were opened`);
          sockets = 0;
        }
      }
      if (tried === before) throw new Error('No vendor can write.');
    }
    server.close();
    return { n: tried, faults, facts: [`${abilities.size} write abilities of ${vendors.size} vendors`] };
  },
};

/** A draft of every write that any connection of any vendor supports. */
async function everyDraft(origin: string): Promise<readonly { readonly name: string; readonly draft: Draft }[]> {
  const drafts: { name: string; draft: Draft }[] = [];
  for (const [id, kind] of vendors) {
    for (const variant of kind.variants) {
      const urls = { baseUrl: origin, tokenUrl: `${origin}/token` };
      const vendor = await kind.create({
        ...{ name: id, title: kind.title, clock: realClock },
        settings: withDefaults({ ...urls, ...variant.settings }, kind.settings),
        secrets: async () => ({ accessToken: 'token-of-the-test' }),
        secretsIn: 'keychain',
        allowWrites: () => 'Subdeck is read-only, so nothing is sent.',
      });
      for (const [name, make] of Object.entries(makers(vendor.abilities))) {
        const draft = drafted(() => make(targetOf(id)));
        if (draft !== null) drafts.push({ name: `${id} ${variant.title} ${name}`, draft });
      }
    }
  }
  return drafts;
}

/** Null if the vendor refuses this subscription before anything could be sent. */
function drafted(make: () => Draft | null): Draft | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}

/** By ability: a new one does not compile without its call. */
function makers(of: Abilities): Readonly<Record<WriteAbilityName, (target: Subscription) => Draft | null>> {
  const name = safeText('x');
  const addon = { id: 'a1', name, quantity: 1, status: 'active', cancelAtPeriodEnd: false, endsAt: null } as const;
  const named = { id: 'x', name };
  return {
    cancel: (target) => (can(of.cancel) ? of.cancel(target, {}) : null),
    delete: (target) => (can(of.delete) ? of.delete(target, {}) : null),
    lowerQuantity: (target) => (can(of.lowerQuantity) ? of.lowerQuantity(target, { quantity: 20 }) : null),
    raiseQuantity: (target) => (can(of.raiseQuantity) ? of.raiseQuantity(target, { quantity: 30 }) : null),
    setLicense: (target) => (can(of.setLicense) ? of.setLicense(target, { licenseKey: 'K-4711' }) : null),
    update: (target) => (can(of.update) ? of.update(target, { changes: { name: 'y' } }) : null),
    setPoNumber: (target) => (can(of.setPoNumber) ? of.setPoNumber(target, { poNumber: 'PO-1', present: null }) : null),
    suspend: (target) => (can(of.suspend) ? of.suspend(target, {}) : null),
    reactivate: (target) => (can(of.reactivate) ? of.reactivate(target, {}) : null),
    cancelAddon: (target) => (can(of.cancelAddon) ? of.cancelAddon(target, { addon }) : null),
    setRenewal: (target) => (can(of.setRenewal) ? of.setRenewal(target, { changes: { type: 'cancel' } }) : null),
    createReservation: (target) =>
      can(of.createReservation) ? of.createReservation(target, { changes: { type: 'CANCEL' } }) : null,
    withdrawReservation: (target) => (can(of.withdrawReservation) ? of.withdrawReservation(target, {}) : null),
    create: () => {
      const product = { ...named, code: null, price: null };
      return can(of.create)
        ? of.create({ reseller: 'x', organization: named, service: named, product, quantity: 1, name: null })
        : null;
    },
  };
}

function targetOf(vendor: VendorId): Subscription {
  const named = { id: '17', name: safeText('x') };
  const text = safeText('Monthly');
  return subscriptionFrom({
    ...{ ref: `${vendor}/17`, connection: vendor, vendor, id: '17', name: safeText('Backup'), status: 'active' },
    ...{ vendorStatus: safeText('Active'), seller: named, reseller: named, organization: named, services: [named] },
    ...{ product: { id: 'STD_1', name: named.name }, isAddon: false, isTrial: false, quantity: 25 },
    ...{
      billing: vendor === 'lineworks' ? safeText('ANNUAL_LICENSE') : text,
      startsAt: '2026-01-01',
      endsAt: '2027-12-31',
    },
    ...{ renewal: { mode: 'auto', quantity: 25, productId: 'STD_1', plan: text }, prices: [], hasLicenseKey: false },
    ...{ externalIds: {}, readAt: new Date().toISOString(), surprises: [] },
  });
}
