import type { ConsoleState } from './console-state.ts';
import { smallest } from './layout.ts';
import { tourSteps } from './tour-steps.ts';

/** The tour while it is on. */
export interface Tour {
  /** Steps from the first that stay done. */
  readonly passed: number;
  /** Lines of the terminal that it takes, below `rows` of the console; 0: the terminal is too low for it. */
  readonly lines: number;
}

/** The step that the tour waits for, from 0; null: there is no tour. Pure: going back on the screens goes back in the steps. */
export function tourStepOf(state: ConsoleState): number | null {
  const { tour, ticket } = state;
  if (tour === null || ticket === null) return null;
  const done = tourSteps.findLastIndex((step) => step.isDone(state, ticket));
  return Math.min(tourSteps.length - 1, Math.max(tour.passed, done + 1));
}

/** Of a line that leaves no room for two sentences in two lines. */
const narrow = 76;

/** The heading and the sentences, where enough of the console remains. */
export function tourLines(columns: number, rows: number): number {
  const wanted = columns < narrow ? 4 : 3;
  return rows - wanted < smallest.rows ? 0 : wanted;
}

/** Rows of the terminal: those of the console, and the tour's below them. */
export function terminalRows({ rows, tour }: Pick<ConsoleState, 'rows' | 'tour'>): number {
  return rows + (tour?.lines ?? 0);
}
