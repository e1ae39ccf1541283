import { expect, test } from 'vitest';
import { needs } from '../setup/needs.ts';
import { fiftieth } from './fiftieth.ts';
import { hostileReplies } from './targets/hostile-replies.ts';
import { hostileStrings } from './targets/hostile-strings.ts';
import { redirects } from './targets/redirects.ts';
import { sharedSignIn } from './targets/shared-sign-in.ts';

const long = { timeout: 120_000 };

test('[fault 27, 28, 29, 30, 33, 34, 36, 38] hostile strings leave every cleaner harmless', long, async () => {
  expect(await fiftieth(hostileStrings)).toEqual([]);
});

test(
  '[fault 49, 51, 52, 53, 58] spoilt replies break nothing, are not kept in part, and make no row look gone',
  long,
  async () => {
    expect(await fiftieth(hostileReplies)).toEqual([]);
  },
);

test('[fault 24] a redirect to another host, port or scheme is given nothing', long, async () => {
  expect(await fiftieth(redirects)).toEqual([]);
});

test.runIf(needs('gnome-keyring'))(
  '[fault 16] eight processes that share a keychain sign in twice at most',
  long,
  async () => {
    expect(await fiftieth(sharedSignIn)).toEqual([]);
  },
);
