import type { Target } from './target.ts';
import { corruptCaches } from './targets/corrupt-caches.ts';
import { hostileReplies } from './targets/hostile-replies.ts';
import { hostileStrings } from './targets/hostile-strings.ts';
import { hostileTerminal } from './targets/hostile-terminal.ts';
import { journalFlips } from './targets/journal-flips.ts';
import { redirects } from './targets/redirects.ts';
import { secretHunt } from './targets/secret-hunt.ts';
import { sharedSignIn } from './targets/shared-sign-in.ts';
import { soak } from './targets/soak.ts';
import { terminalEnds } from './targets/terminal-ends.ts';

/** A hostile environment: vendors, networks and other processes. The results are in `results-hostile.md`. */
export const hostileTargets: readonly Target[] = [
  hostileStrings,
  hostileTerminal,
  hostileReplies,
  redirects,
  sharedSignIn,
  secretHunt,
  terminalEnds,
  journalFlips,
  corruptCaches,
  soak,
];
