import { setTimeout as pause } from 'node:timers/promises';
import type { Journal } from '../../../src/journal/journal.ts';
import { FaultError } from '../../../src/model/fault.ts';
import { openShop } from '../../fault-server/shop.ts';
import { cuttingProxy } from '../../postgres/cutting-proxy.ts';
import { sharedServer } from '../../postgres/server.ts';
import { kindNamed, requestOn } from '../every-write.ts';
import { contradictions } from '../judge.ts';
import { seededRandom, type Target } from '../target.ts';
import { openTeam, settlerOf, wrongOn } from '../team.ts';

const kinds = ['lower', 'raise by order', 'lower by request', 'cancel'].map(kindNamed);
const troubles = ['none', 'none', 'cut', 'kill'] as const;
const wellEnded = ['done', 'accepted'];
/** What no process of a home may say of a store that nothing happened to. */
const setBack = /was set back|is not the server that it was/;

export const memberHomes: Target = {
  name: 'two processes of one home',
  promise:
    'A command and a console of one home never disturb each other, whatever is cut or killed: no write is lost, doubled or misjudged.',
  full: 200,
  inTests: 50,
  needs: 'postgresql',
  mutants: [
    {
      name: 'an answer that is judged by the copy as another process left it meanwhile',
      tries: 20,
      patches: [
        {
          file: 'src/journal/postgres/team-store.ts',
          find: 'if (!isDeepStrictEqual(asked, known)) continue;',
          replace: '',
        },
      ],
    },
    {
      name: 'a write that is taken over from a process that runs',
      tries: 60,
      patches: [
        {
          file: 'src/team/schema/journal.ts',
          find: 'IF head.sender <> asking AND subdeck.internal_has_lease(head.sender) THEN RETURN',
          replace: 'IF false THEN RETURN',
        },
      ],
    },
  ],
  async run({ n, seed, directory }) {
    const random = seededRandom(seed);
    const server = await sharedServer();
    const team = await openTeam(server, directory);
    const shop = await openShop();
    const settler = settlerOf(team, shop);
    const proxy = await cuttingProxy(server.port);
    const faults: string[] = [];
    const tally: Record<string, number> = {};
    const home = { as: 'anna', name: 'anna', origin: shop.origin, hasNeighbours: true } as const;
    const openCommand = () => team.worker({ ...home, port: proxy.port });
    const console = await team.worker(home);
    await console.watch();
    let command = await openCommand();
    let takes = 50;
    try {
      for (let nth = 0; nth < n; nth += 1) {
        const trouble = random.pick(troubles);
        const own = { kind: random.pick(kinds), id: `command-${nth}` };
        const other = { kind: random.pick(kinds), id: `console-${nth}` };
        const wrong = (what: string) => void faults.push(`${nth}, ${trouble}: ${what}`);
        for (const [worker, { kind, id }] of [
          [command, own],
          [console, other],
        ] as const) {
          const planned = await worker.plan(kind, requestOn(shop, kind, id));
          if (planned !== 'plan') wrong(`not planned: ${planned}`);
        }
        const talking = talk(settler.journal);
        const began = performance.now();
        const outcomes = [command.go().catch(() => 'killed'), console.go()] as const;
        if (trouble === 'cut') proxy.cutAfter(random.below(9000));
        if (trouble === 'kill') {
          await pause(random.next() * takes);
          await command.kill();
        }
        const [outcome, consoles] = await Promise.all(outcomes);
        if (trouble === 'none') takes = performance.now() - began;
        proxy.cutAfter(null);
        await talking.end();
        const said = `${trouble}: ${outcome}`;
        tally[said] = (tally[said] ?? 0) + 1;
        if (trouble === 'kill') command = await openCommand();
        const [ofCommand, ofConsole] = [await command.troubles(), await console.troubles()];
        if (!wellEnded.includes(consoles)) wrong(`the console's write was ${consoles}: ${ofConsole.join(' ')}`);
        if (trouble === 'none' && !wellEnded.includes(outcome)) {
          wrong(`the command's write was ${outcome}: ${ofCommand.join(' ')}`);
        }
        for (const each of [...ofCommand, ...ofConsole].filter((text) => setBack.test(text))) wrong(each);
        if (trouble !== 'none') team.endLeases('anna');
        await settler.settle([own, other]);
        for (const { id } of [own, other]) {
          for (const what of wrongOn(settler.journal, shop, id, { isFinal: trouble !== 'none' }))
            wrong(`${id}: ${what}`);
        }
      }
      faults.push(...contradictions(settler.journal, shop));
      return { n, faults, facts: Object.entries(tally).map(([what, times]) => `${what}: ${times}`) };
    } finally {
      for (const one of [command, console]) await one.kill();
      proxy.close();
      await team.close();
      await shop.stop();
    }
  },
};

/** Another member adds lines to the journal, so that every answer has some. */
function talk(journal: Journal): { end(): Promise<void> } {
  let isOver = false;
  const mark = { action: 'note', text: 'x', by: 'ben', at: new Date().toISOString(), until: null } as const;
  const talking = (async () => {
    while (!isOver) {
      await journal.mark(['key'], mark).catch(onlyFault);
      await pause(2);
    }
  })();
  return {
    end: async () => {
      isOver = true;
      await talking;
    },
  };
}

function onlyFault(error: unknown): void {
  if (!(error instanceof FaultError)) throw error;
}
