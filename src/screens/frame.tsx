import { Box, Text, useAnimation, useInput, usePaste } from 'ink';
import { memo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { EffectContext } from '../commands/keys/effects/deps.ts';
import { paste, press } from '../commands/keys/press.ts';
import type { ConsoleState } from '../state/console-state.ts';
import { topScreen } from '../state/console-state.ts';
import { keyPresses } from '../state/key-press.ts';
import { besidePane, paneOf, smallest } from '../state/layout.ts';
import { sayingStoreWait } from '../state/told-store-wait.ts';
import { terminalRows } from '../state/tour.ts';
import { OverlayView } from './overlays/overlay-view.tsx';
import { Breadcrumbs } from './parts/breadcrumbs.tsx';
import { ConsoleContext } from './parts/console-context.ts';
import { footerLine } from './parts/footer.ts';
import { messageLines, statusLine } from './parts/status-line.ts';
import type { Theme } from './parts/theme.ts';
import { ThemeContext } from './parts/theme.ts';
import { TourView } from './parts/tour-view.tsx';
import { BulkView } from './screens/bulk-view.tsx';
import { CallsView } from './screens/calls-view.tsx';
import { ChartsView } from './screens/charts-view.tsx';
import { CustomerView } from './screens/customer-view.tsx';
import { JournalView, LevelView, RequestsView, SubscriptionsView } from './screens/list-screens.tsx';
import { PreviewPane } from './screens/preview-pane.tsx';
import { EntryView, ReplyView, SubscriptionView } from './screens/text-screens.tsx';
import { ChangesView } from './screens/timeline-views.tsx';
import { TodayView } from './screens/today-view.tsx';
import { Line } from './table/table.tsx';

export interface FrameProps extends EffectContext {
  readonly theme: Theme;
}

/** The whole screen, and the only listener to the keyboard. */
export function Frame(props: FrameProps): ReactNode {
  const { store, deps, theme } = props;
  const { monotonic } = deps.context.clock;
  const state = useStore(store);
  useInput((input, key) => press(props, keyPresses(input, key), monotonic()));
  usePaste((text) => paste(store, text, monotonic()));
  const { frame } = useAnimation({ interval: 120, isActive: isBusy(state) && theme.spinner.length > 1 });
  const spinner = theme.spinner[frame % theme.spinner.length] ?? '';

  const saying = sayingStoreWait(state);
  const told = messageLines(saying, theme);
  if (state.columns < smallest.columns || state.rows < smallest.rows) {
    return (
      <Text>{`This terminal is too small: Subdeck needs ${smallest.columns}×${smallest.rows}, it has ${state.columns}×${state.rows}.`}</Text>
    );
  }
  return (
    <ConsoleContext value={store}>
      <ThemeContext value={theme}>
        <Box flexDirection="column" width={state.columns} height={terminalRows(state)}>
          <Breadcrumbs state={state} />
          <WorkArea state={state} />
          <Line text={statusLine(told.length === 0 ? saying : { ...state, status: null }, spinner, theme)} />
          <Line text={footerLine(deps.commands, state, theme)} />
          <TourView commands={deps.commands} state={state} />
          <OverlayView {...props} state={state} spinner={spinner} />
          {told.length === 0 ? null : (
            <Box
              position="absolute"
              left={0}
              top={state.rows - 2 - told.length}
              width={state.columns}
              height={told.length}
            >
              <Text wrap="truncate">{told.join('\n')}</Text>
            </Box>
          )}
        </Box>
      </ThemeContext>
    </ConsoleContext>
  );
}

/** The screen on top, and on a wide terminal the row under its cursor. The spinner changes no state, so it does not redraw this. */
const WorkArea = memo(function WorkArea({ state }: { readonly state: ConsoleState }): ReactNode {
  const pane = paneOf(state);
  if (pane === null) {
    return (
      <Box flexDirection="column" flexGrow={1}>
        <Work state={state} />
      </Box>
    );
  }
  return (
    <Box flexGrow={1}>
      <Box flexDirection="column" width={pane.list}>
        <Work state={besidePane(state, pane)} />
      </Box>
      <PreviewPane state={state} pane={pane} />
    </Box>
  );
});

function Work({ state }: { readonly state: ConsoleState }): ReactNode {
  const screen = topScreen(state);
  switch (screen.kind) {
    case 'level':
      return <LevelView screen={screen} state={state} />;
    case 'subscriptions':
      return <SubscriptionsView screen={screen} state={state} />;
    case 'subscription':
      return <SubscriptionView screen={screen} state={state} />;
    case 'customer':
      return <CustomerView screen={screen} state={state} />;
    case 'requests':
      return <RequestsView screen={screen} state={state} />;
    case 'journal':
      return <JournalView screen={screen} state={state} />;
    case 'entry':
      return <EntryView screen={screen} state={state} />;
    case 'today':
      return <TodayView screen={screen} state={state} />;
    case 'calls':
      return <CallsView screen={screen} state={state} />;
    case 'charts':
      return <ChartsView screen={screen} state={state} />;
    case 'changes':
      return <ChangesView screen={screen} state={state} />;
    case 'bulk':
      return <BulkView screen={screen} state={state} />;
    case 'reply':
      return <ReplyView screen={screen} state={state} />;
  }
}

/** Whether something is in progress that shows a spinner. */
function isBusy({ connections, overlay }: ConsoleState): boolean {
  return connections.some((view) => view.sync !== null) || overlay?.kind === 'waiting' || overlay?.kind === 'sending';
}
