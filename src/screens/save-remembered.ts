import type { Context } from '../commands/context.ts';
import type { ConsoleStore } from '../state/console-store.ts';
import { hasNews, withNews } from '../state/remembered-changes.ts';

/** Writes down what the next console should know, each time somebody changes it. Returns a function that stops it. */
export function saveRemembered(console: ConsoleStore, { remembered }: Pick<Context, 'remembered'>): () => void {
  return console.subscribe((state, before) => {
    if (hasNews(before, state)) remembered.keep(withNews(remembered.read(), before, state));
  });
}
