import { FaultError } from '../model/fault.ts';

/**
 * The pages of a filtered query; of the whole list if the vendor rejects the filter (supported filters are partly
 * assumed), or if `isNothing` distrusts the first page; none where there is no whole list to read then. Throws `FaultError`.
 */
export async function* narrowedOrWhole<Page>(
  narrowed: AsyncIterable<Page>,
  whole: (() => AsyncIterable<Page>) | null,
  isNothing: (page: Page) => boolean = () => false,
): AsyncGenerator<Page, void, undefined> {
  let isFirst = true;
  try {
    for await (const page of narrowed) {
      if (isFirst && isNothing(page)) break;
      isFirst = false;
      yield page;
    }
    if (!isFirst) return;
  } catch (error) {
    if (!isFirst || !(error instanceof FaultError) || error.fault.kind !== 'refused') throw error;
  }
  if (whole !== null) yield* whole();
}
