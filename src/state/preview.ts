import type { Call } from '../model/call.ts';
import type { LevelNode } from '../model/scope.ts';
import type { EntryScreen, RequestRow, SubscriptionScreen } from './screen.ts';
import type { TodayRow } from './today-screens.ts';

/** The pane beside a list. */
export interface Preview {
  /** Whether wide terminals show it. */
  readonly isOn: boolean;
  /** Whether the keys that move scroll it. */
  readonly isFocused: boolean;
  readonly scroll: number;
  /** Lines of its text, as last drawn. */
  readonly length: number;
  /** The list and the row that it follows. */
  readonly list: string | null;
  readonly row: string | null;
  /** What the record was read from: revisions, and the row itself. */
  readonly stamp: string | null;
  readonly source: object | null;
  /** What is known about the row; null: there is no row. */
  readonly record: PreviewRecord | null;
}

/** The record of a row: as it would be opened, or what has no screen of its own. */
export type PreviewRecord =
  | SubscriptionScreen
  | EntryScreen
  | { readonly kind: 'request'; readonly row: RequestRow; readonly subscription: SubscriptionScreen | null }
  | { readonly kind: 'call'; readonly call: Call }
  | { readonly kind: 'lines'; readonly line: Exclude<TodayRow, { readonly kind: 'item' }> }
  | { readonly kind: 'item'; readonly line: Extract<TodayRow, { readonly kind: 'item' }> }
  | { readonly kind: 'node'; readonly node: LevelNode };

export const closedPreview: Preview = {
  isOn: true,
  isFocused: false,
  scroll: 0,
  length: 0,
  list: null,
  row: null,
  stamp: null,
  source: null,
  record: null,
};
