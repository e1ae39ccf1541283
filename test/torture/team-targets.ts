import type { Target } from './target.ts';
import { memberHomes } from './targets/member-homes.ts';
import { memberKills } from './targets/member-kills.ts';
import { memberRaces } from './targets/member-races.ts';
import { memberLongStops, memberStops } from './targets/member-stops.ts';
import { teamCuts, teamServerKills } from './targets/team-journal.ts';

/** A team's writes, on a PostgreSQL of its own. The results are in `results-team.md`. */
export const teamTargets: readonly Target[] = [
  memberRaces,
  memberHomes,
  teamCuts,
  teamServerKills,
  memberKills,
  memberStops,
  memberLongStops,
];
