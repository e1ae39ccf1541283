import { paletteWords } from '../../model/palette-words.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { Overlay } from '../../state/overlay.ts';
import { focused } from '../../state/updates/form.ts';
import { isTyped } from '../../state/updates/plan.ts';
import { planContent } from '../overlays/plan-content.ts';
import { leaveContent, noticeContent, resultContent } from '../overlays/write-content.ts';
import type { Theme } from '../parts/theme.ts';
import { visible } from '../text/cells.ts';
import { plainLines } from './screen-text.ts';

const room = 1000;

/** A typed line is shown while it is typed, by the terminal itself. */
const noSecrets =
  'Secrets cannot be typed in this mode. Type q to quit, then run subdeck subscription set-license. Type b to go back.';

/** Lines of a plan that are about keys: here lines are typed. */
const keyLines = ['Press  y  to send', 'Press Enter to send', 'Reason  none', '>'] as const;

/** The overlay in plain lines, with its question. Menus are numbered. */
export function overlayText(overlay: Overlay, state: ConsoleState, theme: Theme): readonly string[] {
  switch (overlay.kind) {
    case 'menu': {
      const { notice } = overlay;
      const entries = overlay.entries.map(({ label, note, unavailable, more }, at) => {
        const said =
          unavailable === null
            ? (more ?? note)
            : unavailable === notice
              ? 'not possible'
              : `not possible: ${unavailable}`;
        return `${at + 1}. ${label}${said === null ? '' : `: ${said}`}`;
      });
      return [
        `${overlay.title}.`,
        ...(notice === undefined ? [] : [notice]),
        ...entries,
        'Type a number, or b to close.',
      ].map(shown);
    }
    case 'form': {
      const field = focused(overlay.form);
      const problem = overlay.form.problem === null ? [] : [overlay.form.problem];
      if (field.kind === 'masked') {
        return [noSecrets];
      }
      const choices = field.choices.map(({ label }, at) => `${at + 1}. ${label}`);
      const help = field.help === null ? '' : ` (${field.help})`;
      const filled = field.kind === 'choice' ? field.choices[field.picked ?? -1]?.label : field.line.text;
      const kept = filled === undefined || filled === '' ? '' : ` Enter alone: ${filled}`;
      return [...problem, `${overlay.form.title}. ${field.label}${help}?${kept}`, ...choices].map(shown);
    }
    case 'prompt': {
      const { problem, note, title, label, line, demand } = overlay;
      const usual = line.text === '' ? '' : ` Enter alone: ${line.text}`;
      return [problem ?? note ?? '', demand ?? '', `${title}. ${label}?${usual}`]
        .filter((text) => text !== '')
        .map(shown);
    }
    case 'plan': {
      const { title, lines } = planContent(overlay, state, room, theme);
      const back = overlay.form === null ? 'b to go back' : 'b to go back and edit';
      const how = isTyped(overlay) ? `Type ${back}.` : `Type yes to send it, ${back}.`;
      const said = plainLines(lines).filter((line) => !keyLines.some((begin) => line.startsWith(begin)));
      return [`Plan: ${title}.`, ...said, how, 'Type r and a reason, such as r TICKET-4711, to give one.'];
    }
    case 'result':
    case 'notice': {
      const content =
        overlay.kind === 'result' ? resultContent(overlay, state, room, theme) : noticeContent(overlay, room);
      return [`${content.title}.`, ...plainLines(content.lines).filter((line) => line !== 'Enter closes')];
    }
    case 'waiting':
      return [visible(overlay.text)];
    case 'sending':
      return ['Sending.'];
    case 'leave':
      return plainLines(leaveContent({ ...state, storeWait: null }, room).lines);
    default:
      return [];
  }
}

function shown(text: string): string {
  return visible(paletteWords(text));
}
