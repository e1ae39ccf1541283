import { type Fault, namedMessage } from '../model/fault.ts';
import { printable } from '../model/printable.ts';
import { safeJson } from '../model/safe-json.ts';

/** One error line for stderr: what happened and what to do, or one JSON object with `--json`. */
export function faultLine(fault: Fault, json: boolean): string {
  if (json) return `${safeJson({ error: inOrder(fault) })}\n`;
  return `subdeck: ${printable(`${ended(namedMessage(fault))} ${fault.next}`.trim())}\n`;
}

function inOrder({ kind, message, next, connection, sent, vendor }: Fault): object {
  return { kind, message, next, connection, sent, vendor };
}

function ended(sentence: string): string {
  return /[.!?…:]$/.test(sentence) ? sentence : `${sentence}.`;
}
