import type { Vendor } from '../api/contract.ts';
import type { JournalRecord } from '../journal/journal.ts';
import type { JournalState } from '../model/journal-entry.ts';
import { happened } from '../model/verdict.ts';
import type { RecordedWayBack } from '../model/way-back.ts';
import { findOperation, operationOf } from '../operations/registry.ts';
import { requestOf } from '../operations/requests.ts';
import { changeWords, shortChangeWords } from '../operations/words.ts';
import type { OfferedWayBack, Plan } from './contract.ts';
import { expectedFault } from './expected-fault.ts';

/** What takes a plan back once it is done: recorded with the write, since only its plan knows how it was before. */
export function wayBackOf(plan: Plan, vendor: Vendor): RecordedWayBack {
  try {
    return found(plan, vendor);
  } catch (error) {
    // What cannot be requested any more, such as a value that the vendor's rules refuse.
    return { no: expectedFault(error).message };
  }
}

function found(plan: Plan, vendor: Vendor): RecordedWayBack {
  const { target, ref, before, after, writeRequest } = plan;
  const planned = operationOf(plan);
  if (planned.kind === 'creation') return { no: planned.noWayBack };
  if (target === null) return { no: 'The subscription is not known as it was before.' };
  const back = planned.wayBack(writeRequest, { target, before, after }, vendor.abilities);
  if ('no' in back) return back;
  if (plan.irreversible) return { no: 'The vendor cannot undo it.' };
  const operation = operationOf({ verb: back.operation });
  const request = requestOf(operation, ref, back.given);
  const asked = operation.kind === 'change' ? operation.prepare(vendor, request) : null;
  return asked?.kind === 'impossible' ? { no: asked.fault.message } : back;
}

/** The recorded way back of a write as a new request, which is planned, shown and confirmed like any other. */
export function offeredWayBack(ref: string, recorded: RecordedWayBack): OfferedWayBack {
  if ('no' in recorded) return { kind: 'none', why: recorded.no };
  const { given } = recorded;
  const operation = findOperation(recorded.operation);
  if (operation === null) return { kind: 'none', why: `This version of Subdeck has no ${recorded.operation}.` };
  try {
    const writeRequest = requestOf(operation, ref, given);
    const [words, short] = [changeWords(operation, ref, given), shortChangeWords(operation, given)];
    return { kind: 'offered', writeRequest, words, short };
  } catch (error) {
    return { kind: 'none', why: expectedFault(error).message };
  }
}

/** Why a write in this state cannot be taken back, or null. */
export function whyNotBack(state: JournalState): string | null {
  switch (happened(state)) {
    case true:
      return null;
    case false:
      return 'It was not applied, so there is nothing to take back.';
    case null:
      return state === 'intent' || state === 'sent'
        ? 'The vendor has not finished it yet; once it is done, it can be taken back.'
        : 'Its outcome is not known: settle it first.';
  }
}

type Recorded = Pick<JournalRecord, 'entry' | 'wayBack'>;

/**
 * What takes a write of the journal back, now or once it is done (`whyNot`): the one rule of the console and the command line. A
 * write without an outcome is not taken back: it has to end, or be settled, first.
 */
export function wayBackNow({ entry, wayBack }: Recorded): OfferedWayBack & { readonly whyNot: string | null } {
  const whyNot = whyNotBack(entry.state);
  if (happened(entry.state) === false && whyNot !== null) return { kind: 'none', why: whyNot, whyNot };
  if (wayBack === null) return { kind: 'none', why: 'What takes it back was not recorded.', whyNot };
  return { ...offeredWayBack(entry.ref, wayBack), whyNot };
}

/** The command that takes it back now, or null. */
export function wayBackCommand(record: Recorded | null): string | null {
  const back = record === null ? null : wayBackNow(record);
  return back?.kind === 'offered' && back.whyNot === null ? back.words : null;
}

/** The same in words, with the command; null: there is no such entry, or it is damaged. */
export function wayBackText(record: Recorded | null): string | null {
  if (record === null) return null;
  const back = wayBackNow(record);
  if (back.kind === 'none') return back.why;
  return back.whyNot === null ? back.words : `${back.words} – later: ${lowered(back.whyNot)}`;
}

const lowered = (sentence: string) => sentence.charAt(0).toLowerCase() + sentence.slice(1);
