import type { ClosedState } from '../../src/journal/journal.ts';
import type { VerdictBasis } from '../../src/model/journal-entry.ts';

/** What a journal has to do, in memory and without a word of how: both implementations are compared with it, call by call. */
export interface ModelEntry {
  readonly ref: string;
  readonly part: number | null;
  state: 'intent' | 'sent' | ClosedState;
  basis: VerdictBasis | null;
  corrects: string | null;
  /** The process that may send it. */
  owner: number;
  senderLost: boolean;
  hasRequest: boolean;
  /** By number: what came of it, null for no answer. */
  readonly steps: (Outcome | null)[];
  readonly verdicts: string[];
}

export type Outcome = 'done' | 'refused' | 'unknown' | 'unsent';
export type Settled = Extract<ClosedState, 'settled-applied' | 'settled-not-applied'>;

/** Every write has so many steps. */
export const stepCount = 2;

const applied: Readonly<Record<string, boolean>> = {
  ...{ done: true, 'settled-applied': true, refused: false, 'settled-not-applied': false },
};
const rank = (basis: VerdictBasis | null) => ['lease', 'person', 'evidence', 'answer'].indexOf(basis ?? '');

const isOpen = ({ state }: ModelEntry) => applied[state] === undefined;
const hasLeft = ({ steps }: ModelEntry) => steps.some((answer) => answer !== 'unsent');

export class Model {
  readonly entries: ModelEntry[] = [];

  /** `intended`, or why not, with the entry that is in the way. `planned`: how many entries there were when it was planned. */
  begin(process: number, ref: string, { part, planned }: { part: number | null; planned: number | null }) {
    const of = (kind: string, inTheWay: ModelEntry) => ({ kind, nth: this.entries.indexOf(inTheWay) });
    const tried =
      part === null
        ? undefined
        : this.entries.findLast((each) => each.part === part && (hasLeft(each) || isOpen(each)));
    if (tried !== undefined) return of('repeated', tried);
    const on = (from: number) => this.entries.slice(from).findLast((each) => each.ref === ref);
    const newer = planned === null ? undefined : on(planned);
    if (newer !== undefined) return of('overtaken', newer);
    const open = this.entries.find((each) => each.ref === ref && isOpen(each));
    if (open !== undefined) return of('open', open);
    const fresh = { state: 'intent', basis: null, corrects: null, senderLost: false, hasRequest: false } as const;
    this.entries.push({ ref, part, owner: process, ...fresh, steps: [], verdicts: [] });
    return { kind: 'intended', nth: this.entries.length - 1 };
  }

  /** Whether the step may leave. */
  send(process: number, entry: ModelEntry, index: number): boolean {
    if (entry.state !== 'intent' && entry.state !== 'sent') return false;
    if (entry.owner !== process || index < entry.steps.length) return false;
    entry.steps.push(null);
    entry.state = 'sent';
    return true;
  }

  answer(entry: ModelEntry, index: number, outcome: Outcome): void {
    if (entry.steps[index] !== null) return;
    entry.steps[index] = outcome;
    entry.senderLost = false;
    const was = applied[entry.state];
    if (index < stepCount - 1 || rank(entry.basis) >= rank('answer')) return;
    if (outcome === 'done' && was === false) this.#supersede(entry, 'done', 'answer');
    if (outcome === 'refused' && was === true) this.#supersede(entry, 'refused', 'answer');
  }

  close(entry: ModelEntry, state: ClosedState, basis: VerdictBasis): boolean {
    if (isOpen(entry)) {
      if (entry.state === state || (state === 'unknown' && entry.state === 'needs-person')) return false;
      [entry.state, entry.basis] = [state, basis];
      entry.verdicts.push(`${state} ${basis}`);
      return true;
    }
    const isCorrected = entry.basis === 'person' && entry.corrects !== null;
    const standing = isCorrected ? 'evidence' : entry.basis;
    const [was, now] = [applied[entry.state], applied[state]];
    if (now === undefined || now === was || rank(basis) <= rank(standing)) return false;
    this.#supersede(entry, state, basis);
    return true;
  }

  correct(entry: ModelEntry, state: Settled): boolean {
    if (isOpen(entry) || applied[entry.state] === applied[state]) return false;
    this.#supersede(entry, state, 'person');
    return true;
  }

  accept(entry: ModelEntry): boolean {
    if (entry.state !== 'sent' || entry.hasRequest) return false;
    entry.hasRequest = true;
    return true;
  }

  /** Its process gave no sign for as long as its lease. */
  takeOver(process: number, entry: ModelEntry): void {
    if (entry.state === 'sent') entry.senderLost = true;
    entry.owner = process;
  }

  #supersede(entry: ModelEntry, state: ClosedState, basis: VerdictBasis): void {
    entry.corrects = entry.state;
    [entry.state, entry.basis] = [state, basis];
    entry.verdicts.push(`${state} ${basis}`);
  }
}
