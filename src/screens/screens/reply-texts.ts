import { paletteWords } from '../../model/palette-words.ts';
import type { ReplyScreen } from '../../state/screen.ts';

/** A command's output as the console shows it: next steps as the palette takes them. JSON stays as it is. */
export function replyTexts({ title, lines }: Pick<ReplyScreen, 'title' | 'lines'>): readonly string[] {
  return title.includes('--json') ? lines : lines.map(paletteWords);
}
