import type { Command } from './command.ts';
import { handoverCommand } from './handover.ts';
import { helpCommand } from './help.ts';
import { anywhereKeys, leavingKeys } from './keys/anywhere-keys.ts';
import { bulkPlanKeys } from './keys/bulk-plan-keys.ts';
import { chartAndCallKeys } from './keys/chart-and-call-keys.ts';
import { cursorKeys } from './keys/cursor-keys.ts';
import { customerKeys } from './keys/customer-keys.ts';
import { overlayKeys } from './keys/overlay-keys.ts';
import { planKeys } from './keys/plan-keys.ts';
import { previewKeys } from './keys/preview-keys.ts';
import { rowKeys } from './keys/row-keys.ts';
import { tableLayoutKeys } from './keys/table-layout-keys.ts';
import { todayKeys } from './keys/today-keys.ts';
import { operationCommands } from './operation-command.ts';
import { todayCommand } from './today.ts';
import { addonCommands } from './words/addon.ts';
import { cacheCommands } from './words/cache.ts';
import { completionCommands } from './words/completion.ts';
import { connectionCommands } from './words/connection.ts';
import { customerCommands } from './words/customer.ts';
import { doctorCommand } from './words/doctor.ts';
import { journalCommands } from './words/journal.ts';
import { levelCommands } from './words/levels.ts';
import { mcpLog } from './words/mcp-log.ts';
import { orderCommands } from './words/order.ts';
import { planCommands } from './words/plan.ts';
import { productList } from './words/product-list.ts';
import { renewalCommands } from './words/renewal.ts';
import { requestCommands } from './words/request.ts';
import { subscriptionChanges, subscriptionTimeline } from './words/subscription-changes.ts';
import { subscriptionList } from './words/subscription-list.ts';
import { subscriptionDetails, subscriptionHistory } from './words/subscription-more.ts';
import { subscriptionShow } from './words/subscription-show.ts';
import { sync } from './words/sync.ts';
import { teamCommands } from './words/team.ts';
import { todayMarkCommands } from './words/today-marks.ts';
import { vendorsCommand } from './words/vendors.ts';
import { versionCommand } from './words/version.ts';

/**
 * Every command, each once, with words, keys or both. The order is that of help, footer and docs; of two commands with
 * the same key in one place, the first one handles it.
 */
export const commands: readonly Command[] = [
  ...connectionCommands,
  sync,
  ...levelCommands,
  ...customerCommands,
  productList,
  subscriptionList,
  subscriptionShow,
  subscriptionHistory,
  subscriptionChanges,
  subscriptionTimeline,
  subscriptionDetails,
  ...operationCommands('subscription'),
  ...renewalCommands,
  ...addonCommands,
  ...orderCommands,
  ...requestCommands,
  ...journalCommands,
  ...planCommands,
  ...bulkPlanKeys,
  ...rowKeys,
  ...customerKeys,
  ...todayKeys,
  ...tableLayoutKeys,
  ...previewKeys,
  todayCommand,
  ...todayMarkCommands,
  ...chartAndCallKeys,
  handoverCommand,
  ...overlayKeys,
  ...planKeys,
  vendorsCommand,
  ...teamCommands,
  mcpLog,
  ...cacheCommands,
  doctorCommand(() => commands),
  ...completionCommands(() => commands),
  versionCommand,
  ...anywhereKeys,
  helpCommand(() => commands),
  ...leavingKeys,
  ...cursorKeys,
];
