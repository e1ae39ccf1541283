import { FaultError } from '../model/fault.ts';
import { news, unknownWrites } from '../writes/news.ts';
import { recover } from '../writes/recover.ts';
import type { Context } from './context.ts';

const mostNamed = 3;

/**
 * What a person is told before anything else on a start: writes whose end nobody knows, then what settled while they were
 * away (told once). Each a sentence. From the journal alone, without any network.
 */
export async function startNotices({ journal }: Pick<Context, 'journal'>): Promise<readonly string[]> {
  try {
    await recover(journal);
    const unknown = unknownWrites(journal);
    const named = unknown.slice(0, mostNamed).map(({ id, sentence }) => `${id} ${sentence.replace(/\.$/, '')}`);
    const more = unknown.length > named.length ? ` and ${unknown.length - named.length} more` : '';
    const { sentence } = await news(journal);
    return [
      ...(unknown.length === 0
        ? []
        : [
            `${unknown.length === 1 ? '1 write has' : `${unknown.length} writes have`} an unknown end: ${named.join('; ')}${more}. subdeck journal settle ID finds out.`,
          ]),
      ...(sentence === null ? [] : [`${sentence}. subdeck journal list shows which.`]),
    ];
  } catch (error) {
    // A journal that takes no writes says so at the first write, and in doctor.
    if (error instanceof FaultError) return [];
    throw error;
  }
}
