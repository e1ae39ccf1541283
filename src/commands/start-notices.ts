import { clause } from '../model/clause.ts';
import { FaultError } from '../model/fault.ts';
import { deniedByRole } from '../writes/denied.ts';
import { news, unknownWrites } from '../writes/news.ts';
import { recover } from '../writes/recover.ts';
import type { Context } from './context.ts';

const mostNamed = 3;

/**
 * Notices at a start: writes with an unknown outcome, then what settled since the last start (told once). Each is a
 * sentence. Read from the journal, without any call.
 */
export async function startNotices({ journal, mode }: Pick<Context, 'journal' | 'mode'>): Promise<readonly string[]> {
  const ended = await unlessDenied(() => recover(journal).then(() => true));
  const told = ended === null ? null : await unlessDenied(() => news(journal));
  const sentence = told?.sentence ?? null;
  const unknown = unknownWrites(journal);
  const named = unknown.slice(0, mostNamed).map(({ id, sentence }) => `${id} ${clause(sentence)}`);
  const more = unknown.length > named.length ? ` and ${unknown.length - named.length} more` : '';
  const next =
    deniedByRole(mode) === null
      ? 'subdeck journal settle ID finds out.'
      : 'A member of the team finds out with subdeck journal settle ID.';
  return [
    ...(unknown.length === 0
      ? []
      : [
          `${unknown.length === 1 ? '1 write has' : `${unknown.length} writes have`} an unknown outcome: ${named.join('; ')}${more}. ${next}`,
        ]),
    ...(sentence === null ? [] : [`${sentence}. subdeck journal list shows which.`]),
  ];
}

/** A journal that cannot be written is reported by the first write, and by doctor; what is known of it is told. */
async function unlessDenied<Value>(work: () => Promise<Value>): Promise<Value | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof FaultError) return null;
    throw error;
  }
}
