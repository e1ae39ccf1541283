import { counted, type Ids } from '../ids.ts';
import { salt } from '../seeded-random.ts';

const beyondDoubles = 2n ** 53n;

/**
 * Subscription ids as digits. Two in five lie beyond 2^53, in pairs that become one number when read as a double: an
 * even id and the odd one after it.
 */
export function subscriptionIds(seed: number): Ids<string> {
  const small = counted(seed, salt('lineworks subscription'), 20_000_000, 37);
  const of = (index: number): string => {
    const within = index % 5;
    if (within < 3) return String(small.of(index));
    return String(beyondDoubles + BigInt(Math.floor(index / 5) * 2 + (within - 3)));
  };
  return {
    of,
    indexOf: (id) => {
      if (!/^[1-9]\d{0,18}$/.test(id)) return null;
      const offset = BigInt(id) - beyondDoubles;
      if (offset < 0n) {
        const index = small.indexOf(Number(id));
        return index !== null && of(index) === id ? index : null;
      }
      const index = Number(offset / 2n) * 5 + 3 + Number(offset % 2n);
      return of(index) === id ? index : null;
    },
  };
}
