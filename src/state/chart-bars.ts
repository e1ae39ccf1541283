import type { Filter, Term } from '../model/filter.ts';
import { formatFilter } from '../model/filter-parse.ts';
import { shownShares } from '../today/charts/bars.ts';
import { type Measure, measuresOf } from '../today/charts/measure.ts';
import { gone } from '../today/charts/renewal-calendar.ts';
import { subscriptionsScreen } from './new-screens.ts';
import type { SubscriptionsScreen } from './screen.ts';
import type { ChartsScreen } from './today-screens.ts';

/** A bar that can be selected, with the rows that it stands for. */
export interface ChartBar {
  readonly id: string;
  readonly chart: 'weeks' | 'statuses' | 'products';
  /** Of a week. */
  readonly from: number | null;
  /** Null: no filter can say which rows these are. */
  readonly terms: readonly Term[] | null;
}

/** Lines of the charts with names; the last one holds what is left. */
export const chartHeights = { statuses: 7, products: 30 } as const;

export function measureOf({ charts, measure }: Pick<ChartsScreen, 'charts' | 'measure'>): Measure {
  const measures = measuresOf(charts?.products ?? []);
  return measures[measure % measures.length] ?? { kind: 'seats' };
}

/** The bars in the order in which they are drawn: weeks from left to right, then the others from the top. */
export function barsOf(screen: Pick<ChartsScreen, 'charts' | 'measure'>): readonly ChartBar[] {
  const { charts } = screen;
  if (charts === null) return [];
  const measure = measureOf(screen);
  const equals = (field: 'status' | 'product', text: string): Term => ({ kind: 'equals', field, text, negated: false });
  const weeks = charts.weeks.filter(({ subscriptions }) => subscriptions > 0);
  return [
    ...weeks.map(({ from, to }): ChartBar => {
      const terms = [endsTerm('>=', from), endsTerm('<', to), ...gone];
      return { id: `week ${from}`, chart: 'weeks', from, terms };
    }),
    ...(['statuses', 'products'] as const).flatMap((chart) =>
      shownShares(charts[chart], { height: chartHeights[chart], measure }).shown.map(({ name }): ChartBar => {
        const field = chart === 'statuses' ? 'status' : 'product';
        return { id: `${field} ${name}`, chart, from: null, terms: name === null ? null : [equals(field, name)] };
      }),
    ),
  ];
}

function endsTerm(comparison: '>=' | '<', at: number): Term {
  const text = new Date(at).toISOString().slice(0, 10);
  return { kind: 'date', field: 'ends', comparison, when: { kind: 'date', text }, negated: false };
}

/** The bar under the cursor: the first one until another is chosen. */
export function selectedBar(screen: ChartsScreen): ChartBar | null {
  const bars = barsOf(screen);
  return bars.find(({ id }) => id === screen.bar) ?? bars[0] ?? null;
}

/** Up and down: the calendar is one row, every other bar another. */
export function steppedBar(screen: ChartsScreen, rows: number): string | null {
  const selected = selectedBar(screen);
  const bars = barsOf(screen);
  const [week] = bars.filter(({ chart }) => chart === 'weeks');
  const lines = bars.filter(({ chart }) => chart !== 'weeks');
  const order = week === undefined ? lines : [selected?.chart === 'weeks' ? selected : week, ...lines];
  const index = order.findIndex(({ id }) => id === selected?.id);
  return order[Math.max(0, Math.min(order.length - 1, index + rows))]?.id ?? null;
}

/** Left and right: from week to week. */
export function turnedWeek(screen: ChartsScreen, by: 1 | -1): string | null {
  const weeks = barsOf(screen).filter(({ chart }) => chart === 'weeks');
  const index = weeks.findIndex(({ id }) => id === selectedBar(screen)?.id);
  return index === -1 ? screen.bar : (weeks[Math.max(0, Math.min(weeks.length - 1, index + by))]?.id ?? null);
}

/** The list of the rows that a bar stands for. */
export function rowsOfBar(
  { trail, frame, filter: above }: ChartsScreen,
  { terms }: ChartBar,
): SubscriptionsScreen | null {
  if (terms === null) return null;
  const known = new Set(above.map((term) => JSON.stringify(term)));
  const filter: Filter = [...above, ...terms.filter((term) => !known.has(JSON.stringify(term)))];
  return { ...subscriptionsScreen(trail), frame, filter, filterText: formatFilter(filter) };
}
