import { paletteWords } from '../../model/palette-words.ts';
import type { ReplyScreen } from '../../state/screen.ts';

/** A command's output as the console shows it: next steps as the palette takes them. Data stays as it is. */
export function replyTexts({ isData, lines }: Pick<ReplyScreen, 'isData' | 'lines'>): readonly string[] {
  return isData ? lines : lines.map(paletteWords);
}
