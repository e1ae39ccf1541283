import type { Target } from './target.ts';
import { confirmationPolicy } from './targets/confirmation.ts';
import { journalKills } from './targets/journal-kills.ts';
import { keyBursts } from './targets/key-bursts.ts';
import { lostAnswers } from './targets/lost-answers.ts';
import { memberKills } from './targets/member-kills.ts';
import { memberRaces } from './targets/member-races.ts';
import { memberLongStops, memberStops } from './targets/member-stops.ts';
import { powerCuts } from './targets/power-cuts.ts';
import { races } from './targets/races.ts';
import { readOnly } from './targets/read-only.ts';
import { teamCuts, teamServerKills } from './targets/team-journal.ts';
import { writeKills } from './targets/write-kills.ts';

/** All targets, in the order of the results. */
export const targets: readonly Target[] = [
  lostAnswers,
  journalKills,
  writeKills,
  powerCuts,
  races,
  keyBursts,
  confirmationPolicy,
  readOnly,
  teamCuts,
  teamServerKills,
  memberRaces,
  memberKills,
  memberStops,
  memberLongStops,
];
