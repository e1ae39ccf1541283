import type { Fault } from '../model/fault.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Plan, StepProgress, WriteResult } from '../writes/contract.ts';
import type { Creation } from './creation.ts';
import type { Form } from './form.ts';
import type { Hit } from './search/find-rows.ts';
import type { TextLine } from './text-line.ts';

/** The overlay over the screen; at most one at a time, and keys do not leak past it. */
export type Overlay =
  | FilterLine
  | PaletteLine
  | Menu
  | Help
  | { readonly kind: 'form'; readonly form: Form }
  | Prompt
  /** `over` is what was in front; it stays on screen meanwhile. */
  | { readonly kind: 'waiting'; readonly text: string; readonly since: number; readonly over: Overlay | null }
  | PlanBox
  | Sending
  | { readonly kind: 'result'; readonly plan: Plan | null; readonly result: WriteResult }
  | { readonly kind: 'notice'; readonly title: string; readonly text: string; readonly fault: Fault | null }
  /** Asked only while a write is being sent. */
  | { readonly kind: 'leave'; readonly exitCode: number; readonly over: Sending };

export interface Help {
  readonly kind: 'help';
  readonly scroll: number;
  /** Lines of the whole help, told by what draws it; 0: not drawn yet. */
  readonly length: number;
}

export interface Sending {
  readonly kind: 'sending';
  readonly plan: Plan;
  /** The last word on each step, by its index. */
  readonly steps: readonly StepProgress[];
  readonly since: number;
}

/** The filter as it is typed; the list follows live. */
export interface FilterLine {
  readonly kind: 'filter';
  readonly line: TextLine;
  /** What is wrong with the text, and where (0-based), or null. */
  readonly problem: { readonly message: string; readonly position: number } | null;
  /** What Escape brings back. */
  readonly before: { readonly text: string; readonly cursor: string | null };
}

export interface PaletteLine {
  readonly kind: 'palette';
  readonly line: TextLine;
  /** A text that was pasted and is no line; what is typed after it takes its place. */
  readonly ticket: string | null;
  readonly picked: number;
  /** What the text names in the cache. */
  readonly hits: readonly Hit[];
  /** The text and the revision that `hits` answer; null: not asked yet. */
  readonly asked: string | null;
  /** Commands that the vendor of this place does not do, with its reason; empty until the vendor was asked. */
  readonly unable: Readonly<Record<string, string>>;
}

/** A list of things to choose from. One that is unavailable stays in its place, dimmed, with the reason. */
export interface Menu {
  readonly kind: 'menu';
  readonly purpose:
    | 'actions'
    | 'sort'
    | 'columns'
    | 'values'
    | 'views'
    | 'vendor-choice'
    | 'settle'
    | 'services'
    | 'products'
    | 'copy'
    | 'bulk'
    | 'arm';
  readonly title: string;
  readonly entries: readonly MenuEntry[];
  readonly cursor: string | null;
  /** The row the menu is about. */
  readonly subject: Subscription | null;
  /** Of which operation this is an input, where the vendor gives the choices. */
  readonly operation?: string;
  /** What is being created, where the menu is a step of that. */
  readonly creation?: Creation;
}

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly note: string | null;
  readonly unavailable: string | null;
  /** Of a list of things to switch on and off. */
  readonly checked?: boolean;
}

/** One line of text that is asked for, such as a name. */
export interface Prompt {
  readonly kind: 'prompt';
  readonly purpose: 'view' | 'export' | 'marked' | 'plan-file' | 'run-plan';
  /** What the answer is for: which rows in which format, or which operation. */
  readonly about?: string;
  readonly title: string;
  /** What helps to answer. */
  readonly note?: string;
  readonly label: string;
  readonly line: TextLine;
  readonly problem: string | null;
}

/** A write before anything is sent. */
export interface PlanBox {
  readonly kind: 'plan';
  readonly plan: Plan;
  /** Why the person wants it, for the journal. */
  readonly reason: string | null;
  /** The key that opened it never confirms it by itself; where typing confirms, the typing does. */
  readonly openedBy: string | null;
  /** When its whole text first stood on the screen (monotonic ms); null: not yet, or it does not fit. */
  readonly drawnAt: number | null;
  readonly fits: boolean;
  /** What has been typed to confirm an irreversible write. */
  readonly typed: TextLine;
  readonly problem: string | null;
}

/** Keys that arrive before a plan has been on screen for so long do not count. */
export const settleMilliseconds = 300;
