import { clause } from '../model/clause.ts';
import { FaultError } from '../model/fault.ts';
import { news, unknownWrites } from '../writes/news.ts';
import { recover } from '../writes/recover.ts';
import type { Context } from './context.ts';

const mostNamed = 3;

/**
 * Notices at a start: writes with an unknown outcome, then what settled since the last start (told once). Each is a
 * sentence. Read from the journal, without any call.
 */
export async function startNotices({ journal }: Pick<Context, 'journal'>): Promise<readonly string[]> {
  try {
    await recover(journal);
    const unknown = unknownWrites(journal);
    const named = unknown.slice(0, mostNamed).map(({ id, sentence }) => `${id} ${clause(sentence)}`);
    const more = unknown.length > named.length ? ` and ${unknown.length - named.length} more` : '';
    const { sentence } = await news(journal);
    return [
      ...(unknown.length === 0
        ? []
        : [
            `${unknown.length === 1 ? '1 write has' : `${unknown.length} writes have`} an unknown outcome: ${named.join('; ')}${more}. subdeck journal settle ID finds out.`,
          ]),
      ...(sentence === null ? [] : [`${sentence}. subdeck journal list shows which.`]),
    ];
  } catch (error) {
    // A journal that cannot be written is reported by the first write, and by doctor.
    if (error instanceof FaultError) return [];
    throw error;
  }
}
