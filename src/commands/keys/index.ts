import type { Command } from '../command.ts';
import { anywhereCommands } from './anywhere.ts';
import { bulkCommands } from './bulk.ts';
import { movingCommands } from './cursor.ts';
import { placeCommands } from './navigation.ts';
import { overlayCommands } from './overlays.ts';
import { tableCommands } from './tables.ts';
import { todayCommands } from './today.ts';
import { writingCommands } from './writing.ts';

/** Every command that has keys, in the order in which footer and help show them. */
export const keyCommands: readonly Command[] = [
  ...placeCommands,
  ...tableCommands,
  ...bulkCommands,
  ...todayCommands,
  ...overlayCommands,
  ...writingCommands,
  ...anywhereCommands,
  ...movingCommands,
];
