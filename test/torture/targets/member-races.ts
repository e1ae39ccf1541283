import { openShop } from '../../fault-server/shop.ts';
import { sharedServer } from '../../postgres/server.ts';
import { type Kind, kinds } from '../every-write.ts';
import { contradictions } from '../judge.ts';
import { seededRandom, type Target } from '../target.ts';
import { openTeam } from '../team.ts';
import { race } from './races.ts';
import { noGuard } from './team-mutants.ts';

export const memberRaces: Target = {
  name: 'races of two members',
  promise: 'Two members in pid namespaces of their own that write to one subscription at once cause one effect.',
  full: 1000,
  inTests: 50,
  needs: 'postgresql',
  mutants: [noGuard],
  async run({ n, seed, directory }) {
    const random = seededRandom(seed);
    const team = await openTeam(await sharedServer(), directory);
    const shop = await openShop();
    const faults: string[] = [];
    const tally = new Map<string, number>();
    const pair = [
      await team.worker({ as: 'anna', name: 'anna', origin: shop.origin }),
      await team.worker({ as: 'ben', name: 'ben', origin: shop.origin }),
    ] as const;
    try {
      const fitting = kinds.filter(({ creates }) => !creates);
      for (let nth = 0; nth < n; nth += 1) {
        const [outcomes, wrong] = await race(shop, pair, random.pick<Kind>(fitting), `r${nth}`, random.below(3));
        tally.set(outcomes, (tally.get(outcomes) ?? 0) + 1);
        faults.push(...wrong);
      }
      const reader = team.member('ben');
      await reader.refresh();
      faults.push(...contradictions(reader, shop));
      return { n, faults, facts: [...tally].map(([outcomes, times]) => `${outcomes}: ${times}`) };
    } finally {
      for (const one of pair) await one.kill();
      await team.close();
      await shop.stop();
    }
  },
};
