import type { Command } from '../command.ts';
import { teamAccount } from './team-account.ts';
import { teamInit } from './team-init.ts';
import { teamJoin } from './team-join.ts';
import { teamLeave } from './team-leave.ts';
import { teamRemove } from './team-remove.ts';
import { teamStatus } from './team-status.ts';

/** The commands of a team's store, in the order of the help. */
export const teamCommands: readonly Command[] = [teamInit, teamJoin, teamStatus, teamAccount, teamLeave, teamRemove];
