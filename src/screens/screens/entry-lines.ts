import { exactWords } from '../../model/date-words.ts';
import type { JsonObject } from '../../model/text.ts';
import { valueWords } from '../../model/value-words.ts';
import { basisWords, type Verdict } from '../../model/verdict.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import { changeLabel } from '../../state/plan-words.ts';
import type { EntryScreen } from '../../state/screen.ts';
import type { PieceLine } from '../parts/fields.ts';
import { fieldLines } from '../parts/fields.ts';
import type { Theme } from '../parts/theme.ts';
import { journalMark, journalTones, journalWords } from '../table/journal-columns.ts';
import { visible } from '../text/cells.ts';
import { timeOf } from '../text/dates.ts';
import { count, unknown } from '../text/numbers.ts';

/** A journal entry: the request, what changed, each call as sent, and the vendor's answers. */
export function entryLines(screen: EntryScreen, state: ConsoleState, theme: Theme): readonly PieceLine[] {
  const { entry, purpose } = screen;
  const width = state.columns - 4;
  const field = (label: string, value: string) => fieldLines({ label, value }, width);
  const stateWord = `${journalMark(entry.state, theme.marks)} ${journalWords[entry.state]}`;
  return [
    ...field('What', entry.sentence),
    ...fieldLines({ label: 'State', value: stateWord, tone: journalTones[entry.state] }, width),
    ...(entry.basis === null ? [] : field('Based on', basisWords[entry.basis])),
    ...(entry.corrects === null ? [] : field('Corrects', journalWords[entry.corrects])),
    ...(purpose === null ? [] : field('Reason', purpose)),
    ...(entry.reason === null || entry.reason === purpose ? [] : field('Explanation', entry.reason)),
    ...field('When', exactWords(entry.at)),
    ...field('Subscription', entry.ref),
    ...field('Verb', entry.verb),
    ...field('By', entry.by),
    ...field('Journal id', entry.id),
    ...wayBackLines(screen, width),
    [],
    ...changeLines(entry.before, entry.after, width),
    [],
    ...(screen.steps.length === 0
      ? [[{ text: 'No call was made.', tone: 'dim' as const }]]
      : screen.steps.flatMap((step) => stepLines(step, width))),
    ...(screen.verdicts.length < 2 ? [] : [[], [{ text: 'Verdict', tone: 'bold' as const }]]),
    ...(screen.verdicts.length < 2
      ? []
      : screen.verdicts.flatMap((verdict) => verdictLines(verdict, state.now, width))),
  ];
}

function wayBackLines({ wayBack }: EntryScreen, width: number): readonly PieceLine[] {
  if (wayBack === null) return [];
  const label = 'Take back';
  if (wayBack.kind === 'none') return fieldLines({ label, value: `no: ${wayBack.why}` }, width);
  const value =
    wayBack.whyNot === null ? `u, as a new plan: ${wayBack.short}` : `later: ${wayBack.short}. ${wayBack.whyNot}`;
  return fieldLines({ label, value }, width);
}

function verdictLines({ state, at, basis, by, reason }: Verdict, now: number, width: number): readonly PieceLine[] {
  const based = basis === null ? null : basisWords[basis];
  const value = [timeOf(at, now), based, by, reason].filter((part) => part !== null).join(' · ');
  return fieldLines({ label: `   ${journalWords[state]}`, value }, width);
}

/** Each changed field, before and after. */
export function changeLines(before: JsonObject, after: JsonObject, width: number): readonly PieceLine[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return names.flatMap((name) => {
    const value = `${valueText(before[name], name)} → ${valueText(after[name], name)}`;
    return fieldLines({ label: changeLabel(name), value, tone: 'bold' }, width);
  });
}

/** A value of a plan or of the journal as text. `name`: what it is called there. */
export function valueText(value: JsonObject[string] | undefined, name: string): string {
  if (value === undefined || value === null) return unknown;
  if (typeof value === 'number') return Number.isSafeInteger(value) ? count(value) : String(value);
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return valueWords(value, name);
}

function stepLines(step: EntryScreen['steps'][number], width: number): readonly PieceLine[] {
  const { answer } = step;
  const call: PieceLine = [
    { text: `${step.index + 1}. ${step.name}  `, tone: 'bold' },
    { text: visible(`${step.method} ${step.path}`) },
  ];
  const said =
    answer === null
      ? 'no answer recorded'
      : [
          answer.outcome,
          answer.status === null ? null : `HTTP ${answer.status}`,
          answer.correlationId === null ? null : `id ${answer.correlationId}`,
        ]
          .filter((word) => word !== null)
          .join(' · ');
  return [
    call,
    ...fieldLines({ label: '   sent', value: exactWords(step.sentAt) }, width),
    ...fieldLines({ label: '   answer', value: said }, width),
  ];
}
