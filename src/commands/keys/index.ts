import type { Command } from '../command.ts';

/** Every command that has keys, in the order in which footer and help show them. */
export const keyCommands: readonly Command[] = [];
