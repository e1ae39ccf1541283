import type { ConsoleState } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { portalPlaceOf } from '../../../state/portal-place.ts';
import { say } from '../../../state/updates/status.ts';
import { openAddress } from '../../../system/open-address.ts';
import { findConnection } from '../../find.ts';
import type { Using } from './deps.ts';
import { inBackground } from './reported.ts';

export function whyNoPortal(state: ConsoleState): string | null {
  return portalPlaceOf(state) === null ? 'Put the cursor on a row of one connection.' : null;
}

/** Opens the vendor's portal page of what is on screen in the browser, and shows its address; where it is not known, says so. */
export function openPortal(store: ConsoleStore, { context }: Using<'connections'>): void {
  const place = portalPlaceOf(store.getState());
  if (place === null) return;
  const { portal, title, charging } = findConnection(context, place.connection);
  const found = portal(place);
  if ('no' in found) {
    store.update((state) => say(state, found.no, 'warn'));
    return;
  }
  const { address } = found;
  inBackground(store, async () => {
    const opened = await openAddress(address, process);
    const how = opened.kind === 'opened' ? 'It is opened in the browser' : `${opened.why} Open it in a browser`;
    const text = `${address} ${how}; c copies the address.`;
    const notice = {
      kind: 'notice',
      title: `${title}: the portal of ${charging.vendor}`,
      text,
      copied: address,
      fault: null,
    } as const;
    store.update((state) => (state.overlay === null ? { ...state, overlay: notice } : state));
    if (opened.kind !== 'opened') return;
    const wrong = await opened.ended;
    if (wrong !== null) store.update((state) => say(state, `The browser did not open the portal. ${wrong}`, 'warn'));
  });
}
