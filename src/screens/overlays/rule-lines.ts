import type { ConsoleState } from '../../state/console-state.ts';
import { subjectOf } from '../../state/subject.ts';
import { deadlineOf, deadlineText } from '../../today/deadline.ts';
import { deadlineRules } from '../../today/vendor-rules.ts';
import type { PieceLine } from '../parts/fields.ts';
import { fieldLines } from '../parts/fields.ts';

/** The vendor's own rules behind the dates of the row under the cursor; none where no row has dates. */
export function ruleLines(state: ConsoleState, room: number): readonly PieceLine[] {
  const row = subjectOf(state);
  if (row === null) return [];
  const rules = deadlineRules[row.vendor];
  const reader = { now: state.now };
  const until = deadlineOf(row.cancellableUntil, reader);
  const said = (label: string, value: string) => fieldLines({ label, value }, room, 18);
  return [
    [{ text: `The vendor’s rules for this line (${row.vendor})`, tone: 'title' }],
    ...said('Cancel', `${until === null ? '' : `${deadlineText(until, reader)}. `}${rules.cancellation}`),
    ...said(row.isTrial ? 'End of the trial' : 'Renewal', row.isTrial ? rules.trial : rules.renewal),
    [],
  ];
}
