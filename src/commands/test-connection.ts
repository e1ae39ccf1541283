import { can, type Page } from '../api/contract.ts';
import { type Fault, FaultError, fault } from '../model/fault.ts';
import type { SettingDeclaration } from '../model/settings.ts';
import { answersOf } from './ability-matrix.ts';
import type { Input } from './command.ts';
import type { ReadingContext } from './context.ts';
import { findConnection } from './find.ts';
import { argument } from './given-values.ts';
import { cannot } from './read-ability.ts';
import type { Reply } from './reply.ts';
import { wellEnded } from './reply-ending.ts';

/** Signs in and reads until the first rows come, without storing them, and says what that proved. Throws the fault that prevented it. */
export async function testConnection(
  context: Pick<ReadingContext, 'clock' | 'connections' | 'mode' | 'settings' | 'setup'>,
  input: Input,
): Promise<Reply> {
  const { name, vendor } = findConnection(context, argument(input, 'NAME'));
  if (context.mode.offline) throw fault('denied', 'Offline mode makes no calls to vendors.', 'Leave out --offline.');
  const { abilities } = await context.connections.vendor(name);
  if (!can(abilities.sync)) throw cannot(name, abilities.sync);
  const started = context.clock.monotonic();
  const found = await firstRows(abilities.sync, input.signal).catch((error: unknown) => {
    throw error instanceof FaultError ? new FaultError(namingIds(context, name, error.fault)) : error;
  });
  if (found === null) {
    throw fault('unreachable', "The vendor's answer was empty.", 'Try again later.', { connection: name });
  }
  const milliseconds = Math.round(context.clock.monotonic() - started);
  const rows = found.length;
  const answers = answersOf(abilities);
  const able = answers.flatMap(({ title, reason }) => (reason === null ? [title] : []));
  const unable = answers.flatMap(({ title, reason }) => (reason === null ? [] : [{ title, reason }]));
  return {
    kind: 'object',
    json: { name, vendor, ok: true, signedIn: true, rows, milliseconds, can: able, cannot: unable },
    sections: [
      {
        title: null,
        fields: [
          { label: 'Signed in', value: 'yes; the vendor accepted the credentials' },
          {
            label: 'Read',
            value: `${rows} ${rows === 1 ? 'row' : 'rows'} on the first page, in ${milliseconds} ms`,
          },
          { label: 'Can', value: able.join(', ') },
        ],
      },
      {
        title: 'Cannot',
        fields: unable.map(({ title, reason }) => ({ label: title, value: reason })),
        empty: 'Nothing: this connection supports everything that Subdeck can do.',
      },
    ],
    ...wellEnded,
  };
}

type Sync = (scope: { readonly signal: AbortSignal }) => AsyncIterable<Page>;

/** Pages with nodes alone may be made of the settings: only a row, or the end of the list, shows that the vendor answered. */
const mostPages = 50;

async function firstRows(sync: Sync, outer: AbortSignal): Promise<readonly unknown[] | null> {
  const enough = new AbortController();
  try {
    let pages = 0;
    for await (const { rows, missing, complete } of sync({ signal: AbortSignal.any([enough.signal, outer]) })) {
      pages += 1;
      if (rows.length > 0) return rows;
      const [fault] = missing;
      if (fault !== undefined) throw new FaultError(fault);
      if (complete || pages === mostPages) return rows;
    }
    return null;
  } finally {
    enough.abort();
  }
}

/** A vendor that knows the sign-in and refuses the first page may have been asked about another's id. */
function namingIds({ settings, setup }: Pick<ReadingContext, 'settings' | 'setup'>, name: string, why: Fault): Fault {
  const values = settings.connections[name]?.values ?? {};
  const declared = setup.vendors.find(({ id }) => id === settings.connections[name]?.vendor)?.declarations ?? [];
  const given = declared.filter((one) => decidesWhose(one) && values[one.name] !== undefined);
  const ids = given.toSorted((one, other) => Number(other.kind === 'id') - Number(one.kind === 'id'));
  const isAboutIds = why.kind === 'denied' || why.kind === 'missing' || why.kind === 'refused';
  if (!isAboutIds || ids.length === 0 || ids.some((one) => why.next.includes(`setting ${one.name}`))) return why;
  const list = ids.map((one) => `${one.name} (${values[one.name]})`).join(' and ');
  return { ...why, next: `Check the setting ${list}. ${why.next}` };
}

/** An id, or a choice between kinds of credentials. */
function decidesWhose({ kind, choices, default: usual, secret }: SettingDeclaration): boolean {
  return !secret && (kind === 'id' || (choices !== undefined && usual === undefined && kind === 'text'));
}
