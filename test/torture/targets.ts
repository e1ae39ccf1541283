import type { Target } from './target.ts';
import { confirmationPolicy } from './targets/confirmation.ts';
import { journalKills } from './targets/journal-kills.ts';
import { keyBursts } from './targets/key-bursts.ts';
import { lostAnswers } from './targets/lost-answers.ts';
import { powerCuts } from './targets/power-cuts.ts';
import { races } from './targets/races.ts';
import { readOnly } from './targets/read-only.ts';
import { writeKills } from './targets/write-kills.ts';

/** One person's writes. The results are in `results.md`, in this order. */
export const targets: readonly Target[] = [
  lostAnswers,
  journalKills,
  writeKills,
  powerCuts,
  races,
  keyBursts,
  confirmationPolicy,
  readOnly,
];
