import * as v from 'valibot';
import { linkActions } from '../../model/customer-link.ts';
import { journalStates, verdictBases } from '../../model/journal-entry.ts';
import { requestStates } from '../../model/request.ts';
import type { JsonObject } from '../../model/text.ts';
import { markActions } from '../../model/today-mark.ts';
import { writeTarget } from '../target-shape.ts';
import { withoutControls } from './control-characters.ts';

/**
 * What the JSON of a row may look like. A seal says that a row is as it was written, not by whom: what another program wrote, or
 * another version, has one too. Fields that nobody knows are let through.
 */
const text = v.string();
const maybeText = v.nullable(text);
const number = v.number();
const maybeNumber = v.nullable(number);
const moment = v.pipe(
  text,
  v.check((value) => Number.isFinite(Date.parse(value))),
);
const maybeMoment = v.nullable(moment);
const object = v.custom<JsonObject>((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
const instant = v.looseObject({ wall: number, boot: v.looseObject({ id: text, ms: number }) });
const count = v.pipe(number, v.safeInteger(), v.minValue(0));
const basis = v.picklist(verdictBases);
const vendorAnswer = v.nullable(v.looseObject({ status: maybeNumber, correlationId: maybeText }));
const owner = v.looseObject({
  pid: count,
  started: maybeText,
  machine: v.optional(text),
  namespace: v.optional(maybeText),
  host: v.optional(text),
});

export const entryShape = v.looseObject({
  ...{
    view: v.optional(text),
    notedAccount: v.optional(text),
    at: moment,
    owner,
    end: maybeText,
    vendor: vendorAnswer,
  },
  ...{ closedAt: maybeMoment, basis: v.optional(basis), corrects: v.optional(v.picklist(journalStates)) },
  ...{ evidenceFrom: v.optional(instant), verb: text, sentence: text, before: object, after: object, by: text },
  ...{ reason: maybeText, target: v.nullable(writeTarget), steps: count, atOnce: v.boolean() },
  ...{ part: v.optional(v.looseObject({ plan: text, row: count })), plannedAfter: v.optional(text) },
  keyDigest: v.optional(v.looseObject({ before: maybeText, after: text })),
  ...{ historyBefore: v.optional(number), leftover: v.optional(text) },
  senderLost: v.optional(v.literal(true)),
  wayBack: v.optional(
    v.union([v.looseObject({ operation: text, given: v.record(text, text) }), v.looseObject({ no: text })]),
  ),
});

export const requestShape = v.looseObject({
  ...{ state: v.picklist(requestStates), vendorState: maybeText, vendorRequestId: maybeText },
  ...{ from: maybeNumber, to: maybeNumber, startedAt: moment, checkedAt: maybeMoment },
  ...{ openAt: v.optional(moment), answeredDone: v.optional(v.literal(true)) },
});

const answerShape = v.looseObject({
  outcome: v.picklist(['done', 'accepted', 'refused', 'unknown', 'unsent']),
  ...{ status: maybeNumber, correlationId: maybeText, notes: object },
  ...{ vendorRequestId: maybeText, vendorState: maybeText, reason: maybeText },
});

export const stepShape = v.looseObject({
  ...{ name: text, method: text, path: text, sentAt: moment, answeredAt: maybeMoment },
  answer: v.nullable(answerShape),
});

export const verdictShape = v.looseObject({
  state: v.picklist(journalStates.filter((state) => state !== 'intent' && state !== 'sent')),
  ...{ at: moment, basis: v.nullable(basis), by: maybeText, reason: maybeText },
});

export const markShape = v.looseObject({
  action: v.picklist(markActions),
  ...{ at: moment, by: text, until: maybeMoment, text: maybeText },
});

export const linkShape = v.looseObject({
  action: v.picklist(linkActions),
  ...{ customer: text, name: text, at: moment, by: text },
});

export const rescuedShape = v.looseObject({ entry: text, index: count, answer: answerShape });

/** What a text of a row holds, or null where it is not of that shape. Never throws. */
export function readShape<Content>(shape: v.GenericSchema, text: string): Content | null {
  try {
    const value = JSON.parse(text, withoutControls);
    return v.is(shape, value) ? (value as Content) : null;
  } catch {
    // No JSON, or nested so deeply that nothing can walk it.
    return null;
  }
}
