import {
  type Abilities,
  type AbilityShapes,
  can,
  type KeptRead,
  type No,
  type ProductPlace,
  type ReadValue,
  type SubscriptionRead,
  subscriptionReads,
} from '../api/contract.ts';
import { leftText } from '../model/calendar.ts';
import { dateWords } from '../model/date-words.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import { printable } from '../model/printable.ts';
import { shellWord } from '../model/shell-word.ts';
import type { CachedSubscription } from '../model/subscription.ts';
import { type Kept, keptProducts, keptRead } from '../query/kept-answers.ts';
import { type FreshAnswer, keepingAnswer } from '../sync/keep-answer.ts';
import type { Input } from './command.ts';
import type { ConnectionSummary, ReadContext, ReadingVendor } from './context.ts';
import { cannot, isReason } from './read-ability.ts';

/** The names of the reads in sentences. */
export const readNames: Readonly<Record<KeptRead, string>> = { ...subscriptionReads, products: 'products' };

/** An answer, from the vendor or from the cache. */
export interface Shown<Value> {
  readonly value: Value;
  readonly readAt: string;
  /** Why it could not be read from the vendor. */
  readonly faults: readonly Fault[];
}

/**
 * One answer about a subscription, from its vendor, and cached. Offline, or if the vendor cannot be read, the cached answer
 * with its age on stderr. Throws `FaultError` where nothing is kept, and where the connection has no such thing.
 */
export function readOrKept<Name extends SubscriptionRead>(
  context: ReadContext,
  input: Input,
  target: CachedSubscription,
  read: Name,
): Promise<Shown<ReadValue<Name>>> {
  const { connection, id, ref } = target;
  const within = `${connection}/${target.organization?.id ?? ''}`;
  return shown(context, input, {
    connection,
    read,
    what: `${subscriptionReads[read]} of ${printable(ref)}`,
    keep:
      target.organization === null
        ? `subdeck sync ${shellWord(connection)} --details`
        : `subdeck sync --details --within ${shellWord(`organization=${within}`)}`,
    kept: () => keptRead(context.cache, target, read),
    ask: async (vendor) => {
      const abilities: Pick<Abilities, SubscriptionRead> = vendor.abilities;
      const ability: AbilityShapes[Name] | No = abilities[read];
      if (isReason(ability)) return ability;
      // One of the shapes that `SubscriptionRead` was taken from.
      const asked = ability as (of: CachedSubscription, signal: AbortSignal) => Promise<ReadValue<Name>>;
      return keepingAnswer(context, vendor, { connection, id, read }, () => asked(target, input.signal));
    },
  });
}

/** The products of a place in the same way. */
export function productsOrKept(
  context: ReadContext,
  input: Input,
  { name: connection, productsBy }: Pick<ConnectionSummary, 'name' | 'productsBy'>,
  where: ProductPlace,
): Promise<Shown<ReadValue<'products'>>> {
  const place = placeOf(where, productsBy);
  return shown(context, input, {
    connection,
    read: 'products',
    what: `products of ${connection} there`,
    keep: `subdeck sync ${shellWord(connection)} --details`,
    kept: () => keptProducts(context.cache, connection, place),
    ask: async (vendor) => {
      const { products } = vendor.abilities;
      if (!can(products)) return products;
      return keepingAnswer(context, vendor, { connection, place, read: 'products' }, () =>
        products(place, input.signal),
      );
    },
  });
}

/** The part of a place that the product lists depend on. */
export function placeOf(where: ProductPlace, by: ConnectionSummary['productsBy']): ProductPlace {
  const only = (level: keyof ProductPlace) => (by.includes(level) ? where[level] : null);
  return { reseller: only('reseller'), organization: only('organization'), service: only('service') };
}

interface OneRead<Value> {
  readonly connection: string;
  readonly read: KeptRead;
  /** In a sentence: `history of nordic/sub-1`. */
  readonly what: string;
  /** The command that caches it. */
  readonly keep: string;
  kept(): Kept<Value> | null;
  /** Throws `FaultError`. A reason: this connection cannot be asked. */
  ask(vendor: ReadingVendor): Promise<FreshAnswer<Value> | No>;
}

async function shown<Value>(
  context: Pick<ReadContext, 'clock' | 'connections' | 'mode'>,
  input: Input,
  { connection, read, what, keep, kept, ask }: OneRead<Value>,
): Promise<Shown<Value>> {
  if (context.mode.offline) {
    const found = kept();
    if (found !== null) return asKept(context, input, what, found, []);
    const no = await context.connections.whyNot(connection, read);
    throw no === null ? notKept(connection, what, keep) : cannot(connection, no);
  }
  let answer: FreshAnswer<Value> | No;
  try {
    answer = await ask(await context.connections.vendor(connection));
  } catch (error) {
    const found = error instanceof FaultError && isNoAnswer(error.fault) ? kept() : null;
    if (found === null || !(error instanceof FaultError)) throw error;
    return asKept(context, input, what, found, [error.fault]);
  }
  if ('no' in answer) throw cannot(connection, answer);
  return { value: answer.value, readAt: answer.readAt, faults: [] };
}

/** "Not found" and a usage error are answers, too. */
function isNoAnswer({ kind }: Fault): boolean {
  return kind !== 'missing' && kind !== 'usage' && kind !== 'interrupted';
}

function asKept<Value>(
  { clock }: Pick<ReadContext, 'clock'>,
  input: Input,
  what: string,
  { value, readAt, isOutdated, through }: Kept<Value> & { readonly through: string },
  faults: readonly Fault[],
): Shown<Value> {
  const age = leftText(Math.max(0, clock.now() - Date.parse(readAt)));
  const since = isOutdated ? ', before the last change was sent' : '';
  input.say(`Shown from the cache: ${what}, read ${age} ago through ${through} (${dateWords(readAt)})${since}.`);
  return { value, readAt, faults };
}

function notKept(connection: string, what: string, keep: string): FaultError {
  const message = `The cache has no ${what}, and offline mode does not read from vendors.`;
  return fault('denied', message, `Leave out --offline, or read it ahead with ${keep}.`, { connection });
}
