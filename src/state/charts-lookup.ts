import { productShares, statusShares } from '../today/charts/bars.ts';
import { renewalWeeks } from '../today/charts/renewal-calendar.ts';
import { type ConsoleState, topScreen, withTop } from './console-state.ts';
import { listedRows } from './customer-screen.ts';
import type { Sources } from './sources.ts';
import type { Charts, ChartsScreen } from './today-screens.ts';

/** Milliseconds at once. */
const slice = 8;
/** While the cache changes, the charts take at most about this part of the time. */
const share = 5;

interface Lookup {
  /** Which rows. */
  readonly question: string;
  readonly stamp: string;
  readonly steps: Generator<undefined, Charts>;
  spent: number;
}

export interface ChartsLookup {
  /** The state with the charts on screen after some milliseconds of work; the same object if nothing changed. The last ones stay meanwhile. */
  withCharts(state: ConsoleState): ConsoleState;
  isInProgress(): boolean;
}

/** Adds the charts up in slices: of a million rows they take a second. */
export function createChartsLookup(from: Sources): ChartsLookup {
  const { cache, clock } = from;
  let lookup: Lookup | null = null;
  let restUntil = 0;

  function begin(screen: ChartsScreen): Lookup | null {
    const question = questionOf(screen, from);
    const stamp = `${cache.revision()} ${question}`;
    const isKnown = screen.charts !== null && screen.stamp?.endsWith(` ${question}`) === true;
    if (stamp === screen.stamp || (isKnown && clock.monotonic() < restUntil)) return null;
    return { question, stamp, steps: chartSteps(screen, from), spent: 0 };
  }

  return {
    withCharts(state) {
      const screen = topScreen(state);
      if (screen.kind !== 'charts' || lookup?.question !== questionOf(screen, from)) lookup = null;
      if (screen.kind !== 'charts') return state;
      const current = lookup ?? begin(screen);
      // A lookup that failed is not continued.
      lookup = null;
      if (current === null) return state;
      const began = clock.monotonic();
      const took = () => clock.monotonic() - began;
      let step = current.steps.next();
      while (step.done !== true && took() < slice) step = current.steps.next();
      current.spent += took();
      if (step.done !== true) {
        lookup = current;
        return state;
      }
      restUntil = clock.monotonic() + current.spent * share;
      return withTop(state, { ...screen, stamp: current.stamp, charts: step.value });
    },
    isInProgress: () => lookup !== null,
  };
}

function questionOf(screen: ChartsScreen, { connections }: Sources): string {
  return JSON.stringify([listedRows(screen), screen.filter, basesOf(connections)]);
}

function basesOf({ list }: Sources['connections']) {
  return Object.fromEntries(list.map(({ name, charging }) => [name, charging.basis]));
}

function* chartSteps(screen: ChartsScreen, { cache, clock, connections }: Sources): Generator<undefined, Charts> {
  const scope = { ...listedRows(screen), filter: screen.filter };
  const bases = basesOf(connections);
  return {
    weeks: yield* renewalWeeks(cache, scope, bases, clock.now()),
    statuses: yield* statusShares(cache, scope, bases),
    products: yield* productShares(cache, scope, bases),
  };
}
