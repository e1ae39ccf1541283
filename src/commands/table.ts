import type { Command } from './command.ts';
import { operationCommands } from './operation-command.ts';
import { addonCommands } from './words/addon.ts';
import { cacheCommands } from './words/cache.ts';
import { completionCommand } from './words/completion.ts';
import { connectionCommands } from './words/connection.ts';
import { doctor } from './words/doctor.ts';
import { handoverCommand } from './words/handover.ts';
import { helpCommand } from './words/help.ts';
import { journalCommands } from './words/journal.ts';
import { levelCommands } from './words/levels.ts';
import { orderCommands } from './words/order.ts';
import { planCommands } from './words/plan.ts';
import { productList } from './words/product-list.ts';
import { renewalCommands } from './words/renewal.ts';
import { requestCommands } from './words/request.ts';
import { subscriptionChanges } from './words/subscription-changes.ts';
import { subscriptionList } from './words/subscription-list.ts';
import { subscriptionDetails, subscriptionHistory } from './words/subscription-more.ts';
import { subscriptionShow } from './words/subscription-show.ts';
import { sync } from './words/sync.ts';
import { todayCommand } from './words/today.ts';
import { vendorsCommand } from './words/vendors.ts';

/** Every command that has words, in the order in which help lists them. */
export const words: readonly Command[] = [
  ...connectionCommands,
  sync,
  ...levelCommands,
  productList,
  subscriptionList,
  subscriptionShow,
  subscriptionHistory,
  subscriptionChanges,
  subscriptionDetails,
  ...operationCommands('subscription'),
  ...renewalCommands,
  ...addonCommands,
  ...orderCommands,
  ...requestCommands,
  ...journalCommands,
  ...planCommands,
  todayCommand,
  handoverCommand,
  vendorsCommand,
  ...cacheCommands,
  doctor,
  completionCommand(() => words),
  helpCommand(() => words),
];
