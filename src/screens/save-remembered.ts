import type { Context } from '../commands/context.ts';
import type { ConsoleStore } from '../state/console-store.ts';
import { hasNews, withNews } from '../state/remembered-changes.ts';

/** Saves the state for the next console after each change. Returns a function that stops it. */
export function saveRemembered(console: ConsoleStore, { remembered }: Pick<Context, 'remembered'>): () => void {
  return console.subscribe((state, before) => {
    if (hasNews(before, state)) remembered.change((kept) => withNews(kept, before, state));
  });
}
