import { can } from '../api/contract.ts';
import { fault } from '../model/fault.ts';
import type { Input } from './command.ts';
import type { Context } from './context.ts';
import { findConnection } from './find.ts';
import { argument } from './given-values.ts';
import { cannot } from './read-ability.ts';
import type { Reply } from './reply.ts';
import { wellEnded } from './reply-ending.ts';

/** Signs in and reads the first page without storing it. Throws the fault that prevented it. */
export async function testConnection(
  context: Pick<Context, 'clock' | 'connections' | 'mode'>,
  input: Input,
): Promise<Reply> {
  const { name, vendor } = findConnection(context, argument(input, 'NAME'));
  if (context.mode.offline) throw fault('denied', 'Offline mode makes no calls to vendors.', 'Leave out --offline.');
  const { abilities } = await context.connections.vendor(name);
  if (!can(abilities.sync)) throw cannot(name, abilities.sync);
  const started = context.clock.monotonic();
  const enough = new AbortController();
  const signal = AbortSignal.any([enough.signal, input.signal]);
  for await (const page of abilities.sync({ signal })) {
    const milliseconds = Math.round(context.clock.monotonic() - started);
    const rows = page.rows.length;
    enough.abort();
    return {
      kind: 'object',
      json: { name, vendor, ok: true, rows, milliseconds },
      sections: [
        {
          title: null,
          fields: [{ label: name, value: `works: ${rows} rows in the first page, after ${milliseconds} ms` }],
        },
      ],
      ...wellEnded,
    };
  }
  throw fault('unreachable', "The vendor's answer was empty.", 'Try again later.', { connection: name });
}
