import { expect, test } from 'vitest';
import { needs } from '../setup/needs.ts';
import { tryShare } from './share.ts';
import { corruptCaches } from './targets/corrupt-caches.ts';
import { hostileReplies } from './targets/hostile-replies.ts';
import { hostileStrings } from './targets/hostile-strings.ts';
import { journalFlips } from './targets/journal-flips.ts';
import { redirects } from './targets/redirects.ts';
import { sharedSignIn } from './targets/shared-sign-in.ts';

const long = { timeout: 120_000 };

test('[fault 27, 28, 29, 30, 33, 34, 36, 38] no hostile character passes any sanitiser', long, async () => {
  expect(await tryShare(hostileStrings)).toEqual([]);
});

test(
  '[fault 49, 51, 52, 53, 58] broken replies crash nothing, store nothing in part, and remove no row',
  long,
  async () => {
    expect(await tryShare(hostileReplies)).toEqual([]);
  },
);

test('[fault 85] detects every flipped bit in the journal and stops all writes', long, async () => {
  expect(await tryShare(journalFlips)).toEqual([]);
});

test('[fault 84] starts with any damaged cache and leaves the journal unchanged', long, async () => {
  expect(await tryShare(corruptCaches, { least: 24 })).toEqual([]);
});

test('[fault 24] a redirect to another host, port or scheme receives nothing', long, async () => {
  expect(await tryShare(redirects, { least: redirects.full / 50 })).toEqual([]);
});

test.runIf(needs('gnome-keyring'))(
  '[fault 16] eight processes that share a keychain sign in twice at most',
  long,
  async () => {
    expect(await tryShare(sharedSignIn)).toEqual([]);
  },
);
