import type { Fault } from '../model/fault.ts';
import type { Completions } from '../model/filter-completion.ts';
import type { Guard } from '../model/guard.ts';
import type { Subscription } from '../model/subscription.ts';
import type { Plan, StepProgress, WriteResult } from '../writes/contract.ts';
import type { Creation } from './creation.ts';
import type { Form } from './form.ts';
import type { Screen } from './screen.ts';
import type { Hit } from './search/find-rows.ts';
import type { TextLine } from './text-line.ts';

/** The overlay over the screen; at most one at a time. Keys do not reach the screen below it. */
export type Overlay =
  | FilterLine
  | PaletteLine
  | Menu
  | Help
  | { readonly kind: 'form'; readonly form: Form }
  | Prompt
  /** `over` is the overlay in front before; it stays visible meanwhile. */
  | { readonly kind: 'waiting'; readonly text: string; readonly since: number; readonly over: Overlay | null }
  | PlanBox
  | Sending
  | { readonly kind: 'result'; readonly plan: Plan | null; readonly result: WriteResult }
  | Notice
  /** Only while a write is being sent. */
  | { readonly kind: 'leave'; readonly exitCode: number; readonly over: Sending };

export interface Notice {
  readonly kind: 'notice';
  readonly title: string;
  readonly text: string;
  readonly fault: Fault | null;
  /** What is copied instead of the text. */
  readonly copied?: string;
}

export interface Help {
  readonly kind: 'help';
  /** What is looked for; null: nothing, all is shown. */
  readonly find: TextLine | null;
  readonly scroll: number;
  /** Lines of the complete help, reported when drawn; 0: not drawn yet. */
  readonly length: number;
}

export interface Sending {
  readonly kind: 'sending';
  readonly plan: Plan;
  /** The last state of each step, by its index. */
  readonly steps: readonly StepProgress[];
  readonly since: number;
}

/** The filter as typed; the list follows live. */
export interface FilterLine {
  readonly kind: 'filter';
  /** Why this screen has no filter: the line then only takes what is typed, so that nothing of it acts as keys. */
  readonly cannot: string | null;
  readonly line: TextLine;
  /** As typed: without what Tab put in, and before an earlier filter was brought back. */
  readonly typed: TextLine;
  /** What Tab may put into `typed`, and of which text that is; null: not looked up yet. */
  readonly completions: (Completions & { readonly of: string }) | null;
  /** Which of them stands in `line`; null: none. */
  readonly picked: number | null;
  /** Which earlier filter stands in `line`, the latest being 1; 0: none. */
  readonly past: number;
  /** The error in the text and its position (0-based), or null. */
  readonly problem: { readonly message: string; readonly position: number } | null;
  /** What Escape restores; and the screen whose columns stay while the filter is typed. */
  readonly before: { readonly text: string; readonly cursor: string | null; readonly screen: Screen };
}

export interface PaletteLine {
  readonly kind: 'palette';
  readonly line: TextLine;
  /** A pasted text of several lines; typing replaces it. */
  readonly ticket: string | null;
  readonly picked: number;
  /** The matches of the text in the cache. */
  readonly hits: readonly Hit[];
  /** Of `hits`; null: not searched yet. */
  readonly asked: { readonly text: string; readonly revision: number } | null;
  /** The search for `hits` goes on; `names`: so many names of customers were read for it. Null: they are all. */
  readonly searching: { readonly names: number | null } | null;
  /** Commands that the vendor of this screen does not support, with its reason; empty until the vendor was asked. */
  readonly unable: Readonly<Record<string, string>>;
}

/** A menu. Unavailable entries are dimmed, with the reason. */
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
  /** A reason that holds for all entries that have it: it is said once, above them. */
  readonly notice?: string;
  readonly entries: readonly MenuEntry[];
  readonly cursor: string | null;
  /** The row that the menu is about. */
  readonly subject: Subscription | null;
  /** The operation whose input this is, if the vendor provides the choices. */
  readonly operation?: string;
  /** The subscription being created, if the menu is a step of that. */
  readonly creation?: Creation;
}

export interface MenuEntry {
  readonly id: string;
  readonly label: string;
  readonly note: string | null;
  readonly unavailable: string | null;
  /** For a list of switches. */
  readonly checked?: boolean;
  /** Said below the list while the cursor is on the entry. */
  readonly more?: string;
  /** Other entries, shown below this one once it is chosen. */
  readonly fold?: { readonly entries: readonly MenuEntry[]; readonly isOpen: boolean };
}

/** A prompt for one line of text, such as a name. */
export interface Prompt {
  readonly kind: 'prompt';
  readonly purpose: 'view' | 'export' | 'marked' | 'plan-file' | 'plan-reason' | 'run-plan';
  /** What the answer is for: an export with its format, or an operation. */
  readonly about?: string;
  readonly title: string;
  /** What must be typed, always in full. */
  readonly demand?: string;
  /** A hint for the answer. */
  readonly note?: string;
  readonly label: string;
  readonly line: TextLine;
  readonly problem: string | null;
}

/** A write before anything is sent. */
export interface PlanBox {
  readonly kind: 'plan';
  readonly plan: Plan;
  /** The person's reason, for the journal. */
  readonly reason: string | null;
  /** The reason while it is typed: the plan cannot be confirmed meanwhile. Null: it is not. */
  readonly reasonLine: TextLine | null;
  /** The form that it was made from, for going back to edit. */
  readonly form: Form | null;
  readonly guard: Guard;
  /** The key that opened it never confirms it; a typed confirmation is not affected. */
  readonly openedBy: string | null;
  /** When its complete text was first visible (monotonic ms); null: not yet, or it does not fit. */
  readonly drawnAt: number | null;
  readonly fits: boolean;
  /** The text typed so far to confirm an irreversible write or a large change. */
  readonly typed: TextLine;
  readonly problem: string | null;
}

/** A plan ignores keys until it has been visible this long. */
export const settleMilliseconds = 300;
