import type { Call } from '../model/call.ts';
import type { JournalEntry } from '../model/journal-entry.ts';
import type { LevelNode } from '../model/scope.ts';
import type { Subscription } from '../model/subscription.ts';
import type { TimelineLine } from '../today/merged-timeline.ts';
import type { CustomerRow } from './customer-screen.ts';
import type { RequestRow } from './screen.ts';
import type { BulkLine, TodayRow } from './today-screens.ts';
import { pinKey } from './trail.ts';

/** What a cursor holds, by kind of list. */
export const rowId = {
  level: (row: LevelNode): string => pinKey(row),
  subscriptions: (row: Subscription): string => row.ref,
  requests: (row: RequestRow): string => row.request.id,
  journal: (row: JournalEntry): string => row.id,
  today: (row: TodayRow): string => row.id,
  customer: (row: CustomerRow): string => row.id,
  calls: (row: Call): string => row.id,
  timeline: (row: TimelineLine): string => row.id,
  bulk: (row: BulkLine): string => String(row.row.row),
};
