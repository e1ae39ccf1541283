import type { ReactNode } from 'react';
import { useEffect } from 'react';
import type { EffectContext } from '../../commands/keys/effects/deps.ts';
import { suggestions } from '../../commands/keys/effects/suggestions.ts';
import type { ConsoleState } from '../../state/console-state.ts';
import type { Overlay, PlanBox } from '../../state/overlay.ts';
import { planDrawn } from '../../state/updates/plan.ts';
import { type Theme, useTheme } from '../parts/theme.ts';
import { withScopeColumns } from '../table/scope-columns.ts';
import { formCells, formContent, menuCells, menuContent, paletteContent, promptContent } from './choice-content.ts';
import { HelpOverlay } from './help-overlay.tsx';
import type { OverlayContent } from './overlay-box.tsx';
import {
  aroundOverlay,
  OverlayBox,
  overlayBoxWidth,
  overlayFits,
  overlayHeight,
  overlayRoom,
  usualWidth,
} from './overlay-box.tsx';
import { planContent, planTooLarge } from './plan-content.ts';
import { leaveContent, noticeContent, resultContent, sendingContent, waitingContent } from './write-content.ts';

interface OverlayProps extends EffectContext {
  readonly state: ConsoleState;
  readonly spinner: string;
}

/** The overlay above the screen, if any. The filter line is part of the title, so it is not drawn here. */
export function OverlayView(props: OverlayProps): ReactNode {
  const theme = useTheme();
  const { state, store, deps, spinner } = props;
  const { overlay } = state;
  if (overlay === null || overlay.kind === 'filter') return null;
  if (overlay.kind === 'plan') return <PlanOverlay box={overlay} {...props} />;
  if (overlay.kind === 'help')
    return <HelpOverlay help={overlay} store={store} state={state} commands={deps.commands} />;
  const front = overlay.kind === 'menu' ? withScopeColumns(overlay, state, theme) : overlay;
  const width = overlayWidth(front, state.columns, theme);
  const room = overlayRoom(width);
  const contents: { readonly [Kind in Drawn['kind']]: (of: Extract<Drawn, { kind: Kind }>) => OverlayContent } = {
    palette: (of) => paletteContent(of, suggestions(store, deps), room, state.rows, theme),
    menu: (of) => menuContent(of, room, state.rows, theme),
    prompt: (of) => promptContent(of, room),
    form: (of) => formContent(of.form, room, theme),
    waiting: (of) => waitedFor(of),
    sending: (of) => sendingContent(of, state, room, spinner, theme),
    result: (of) => resultContent(of, state, room, theme),
    notice: (of) => noticeContent(of, room),
    leave: () => leaveContent(state, room),
  };
  const waitedFor = (of: Extract<Overlay, { kind: 'waiting' }>): OverlayContent => {
    const { over } = of;
    if (over?.kind !== 'menu' && over?.kind !== 'form') return waitingContent(of, state, room, spinner);
    const content = draw(contents, over);
    return { ...content, lines: [...content.lines, ...waitingContent(of, state, room, spinner).lines] };
  };
  return <OverlayBox content={draw(contents, front)} width={width} columns={state.columns} rows={state.rows} />;
}

type Drawn = Exclude<Overlay, { kind: 'filter' | 'plan' | 'help' }>;

function draw<Kind extends Drawn['kind']>(
  contents: { readonly [Each in Kind]: (of: Extract<Drawn, { kind: Each }>) => OverlayContent },
  overlay: Extract<Drawn, { kind: Kind }>,
): OverlayContent {
  const kind: Kind = overlay.kind;
  return contents[kind](overlay);
}

/** Field lists are as narrow as their content, so that the table they change stays visible. */
export function overlayWidth(overlay: Overlay, columns: number, theme: Theme): number {
  return overlayBoxWidth(columns, wantedWidth(overlay, theme));
}

function wantedWidth(overlay: Overlay, theme: Theme): number {
  switch (overlay.kind) {
    case 'leave':
      return 64;
    case 'waiting':
      return overlay.over === null ? usualWidth : wantedWidth(overlay.over, theme);
    case 'palette':
      return 200;
    case 'menu': {
      const isSmall = overlay.purpose === 'sort' || overlay.purpose === 'columns';
      return Math.max(isSmall ? 60 : usualWidth, menuCells(overlay) + aroundOverlay);
    }
    case 'form':
      return Math.max(usualWidth, formCells(overlay.form, theme) + aroundOverlay);
    default:
      return usualWidth;
  }
}

function PlanOverlay({ box, store, deps, state }: OverlayProps & { readonly box: PlanBox }): ReactNode {
  const theme = useTheme();
  const width = overlayBoxWidth(state.columns);
  const usual = planContent(box, state, overlayRoom(width), theme, overlayHeight(state.rows));
  // Covers the whole screen if it would not fit otherwise.
  const content: OverlayContent = overlayFits(usual, state.rows)
    ? usual
    : { ...planContent(box, state, overlayRoom(width), theme, state.rows - 2), covers: true };
  const fits = overlayFits(content, state.rows);
  useEffect(() => {
    store.update((before) => planDrawn(before, fits, deps.context.clock.monotonic()));
  });
  return (
    <OverlayBox
      content={fits ? content : planTooLarge(box, overlayRoom(width))}
      width={width}
      columns={state.columns}
      rows={state.rows}
    />
  );
}
