import { expect, onTestFinished, test } from 'vitest';
import { openApp } from '../../src/app/open-app.ts';
import { appPathsIn } from '../../src/app/paths.ts';
import type { Context } from '../../src/commands/context.ts';
import { doctorCommand } from '../../src/commands/words/doctor.ts';
import { temporaryDirectory } from '../fault-server/write-fixture.ts';

test('[fault 90] doctor names the files on a network file system', async () => {
  const paths = appPathsIn(temporaryDirectory());
  const app = openApp({ paths, secrets: new Map(), env: {}, offline: true, readOnly: false, onCall: null });
  onTestFinished(() => app.close());
  const kinds = { networkFileSystem: { value: (path: string) => (path === paths.journal ? 'NFS' : null) } };
  const context: Context = Object.create(app.context, kinds);
  const input = {
    args: {},
    rest: [],
    flags: {},
    signal: new AbortController().signal,
    ask: null,
    say: () => undefined,
  };
  const reply = await doctorCommand(() => []).words?.run(context, { ...input, stdin: () => Promise.resolve('') });
  const { checks } =
    reply?.kind === 'object' ? (reply.json as { checks: readonly { name: string }[] }) : { checks: [] };
  expect(checks.filter(({ name }) => name === 'files')).toEqual([
    expect.objectContaining({ state: 'warn', detail: expect.stringContaining(`The journal ${paths.journal}`) }),
  ]);
});
