import type { Fault } from '../model/fault.ts';
import { printable, safeJson } from './printable.ts';

/** One error line for stderr: a sentence and what to do, or with `--json` the contract's object. */
export function faultLine(fault: Fault, json: boolean): string {
  if (json) return `${safeJson({ error: inOrder(fault) })}\n`;
  const { connection, message, next } = fault;
  const named = connection && !message.includes(connection) ? `${connection}: ${message}` : message;
  return `subdeck: ${printable(`${ended(named)} ${next}`.trim())}\n`;
}

function inOrder({ kind, message, next, connection, sent, vendor }: Fault): object {
  return { kind, message, next, connection, sent, vendor };
}

function ended(sentence: string): string {
  return /[.!?…:]$/.test(sentence) ? sentence : `${sentence}.`;
}
