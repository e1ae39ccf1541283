import type { Ticket } from '../model/ticket.ts';
import type { ConsoleState } from './console-state.ts';
import { topScreen } from './console-state.ts';
import { tabsOf } from './screen.ts';

/** One step of the tour: what it explains, the keys it waits for, and how the console's state shows that it is done. */
export interface TourStep {
  /**
   * One or two sentences. `{id}` stands for the key of that command, as the user has bound it; of several, `{id|id}`, it
   * is the first that works on the screen.
   */
  says(ticket: Ticket, state: ConsoleState): string;
  isDone(state: ConsoleState, ticket: Ticket): boolean;
  /** Whether it and all steps before it stay done; others are done only as long as the screen shows it. */
  readonly lasts: boolean;
}

/** From the pasted text to the receipt. A step is also done while a later one is. */
export const tourSteps: readonly TourStep[] = [
  {
    says: ({ customer, product, from, to }) =>
      `${customer} writes: please lower ${product} from ${from} seats to ${to}. Press {palette} for the palette; the tour pastes the ticket there.`,
    isDone: ({ overlay }) => overlay?.kind === 'palette',
    lasts: false,
  },
  {
    says: (ticket, state) =>
      isRead(state, ticket)
        ? 'The subscription that the ticket is about stands first. Press {run} to open it. Any id, name or pasted text is found like this, at every vendor.'
        : 'One moment: the sandbox is still being read. Then the tour pastes the ticket.',
    isDone: isOnSubscription,
    lasts: false,
  },
  {
    says: () =>
      'Whose it is, what it costs, when it ends. Press {tab 3} for its timeline: who changed what, from the vendor, from Subdeck and from each sync.',
    isDone: (state, ticket) => isOnSubscription(state, ticket) && hasTurnedToTimeline(state),
    lasts: false,
  },
  {
    says: () =>
      'Now you know who changed it last. Press {actions} for the list of what can be done with it; what is not possible says why.',
    isDone: ({ overlay }, { ref }) =>
      (overlay?.kind === 'menu' && overlay.purpose === 'actions' && overlay.subject?.ref === ref) ||
      (overlay?.kind === 'form' && !('kind' in overlay.form.subject) && overlay.form.subject.ref === ref),
    lasts: false,
  },
  {
    says: ({ to }) =>
      `Press {choose} on “Change the quantity”, type ${to} and press {submit}. The vendor is asked what is true now; nothing is sent yet.`,
    isDone: ({ overlay }, { ref }) =>
      (overlay?.kind === 'plan' || overlay?.kind === 'sending') && overlay.plan.ref === ref,
    lasts: false,
  },
  {
    says: (_, { overlay }) =>
      overlay?.kind === 'sending'
        ? 'It is in the journal, and is being sent: once, whatever happens. One moment: the box says what the vendor answers.'
        : 'Read the plan: old → new, the cost, what the vendor does. Press {send} to send it, never the key that opened it; {do not send} goes back and sends nothing.',
    isDone: (state, ticket) => outcomeOf(state, ticket) !== null,
    lasts: true,
  },
  {
    says: () =>
      'Sent once, and kept in the journal. The vendor needs some seconds: press {requests from result|requests} to see the request, and wait there until it is done.',
    isDone: (state, ticket) => outcomeOf(state, ticket) === 'done at once' || showsSettled(state, ticket),
    lasts: true,
  },
  {
    says: () =>
      'The vendor has done it. Press {journal from result|journal} for the journal of all writes, then {copy} for what can be copied from its line.',
    isDone: offersReceipt,
    lasts: true,
  },
  {
    says: (_, state) =>
      offersReceipt(state)
        ? 'Press {choose} to copy the receipt: what was asked, what was sent and how it ended, as Markdown for the customer.'
        : 'That was one ticket. Next: {help} lists the keys of every screen, :connection add adds your own portal, and the guides in README tell the rest.',
    isDone: () => false,
    lasts: false,
  },
];

/** The menu of what can be copied, on a list of writes. */
function offersReceipt(state: ConsoleState): boolean {
  const { overlay } = state;
  return overlay?.kind === 'menu' && overlay.purpose === 'copy' && writes.has(topScreen(state).kind);
}

const writes: ReadonlySet<string> = new Set(['journal', 'entry', 'requests']);

/** Whether the ticket's subscription can be found. */
export function isRead({ connections }: Pick<ConsoleState, 'connections'>, { ref }: Ticket): boolean {
  return connections.some(({ name, freshness }) => ref.startsWith(`${name}/`) && freshness.readAt !== null);
}

function isOnSubscription(state: ConsoleState, { ref }: Ticket): boolean {
  const screen = topScreen(state);
  return screen.kind === 'subscription' && screen.ref === ref;
}

/** Whoever goes on with the next tab has seen it too. */
function hasTurnedToTimeline(state: ConsoleState): boolean {
  const screen = topScreen(state);
  return screen.kind === 'subscription' && screen.tab >= tabsOf(screen).findIndex(({ kind }) => kind === 'timeline');
}

/** Null unless the result of a change of the ticket's subscription is on screen, and it was not refused. */
function outcomeOf({ overlay }: ConsoleState, { ref }: Ticket): 'accepted' | 'done at once' | null {
  if (overlay?.kind !== 'result' || overlay.plan?.ref !== ref) return null;
  const { outcome, request } = overlay.result;
  if (outcome === 'accepted') return 'accepted';
  if (outcome !== 'done') return null;
  return request === null ? 'done at once' : 'accepted';
}

function showsSettled(state: ConsoleState, { ref }: Ticket): boolean {
  const screen = topScreen(state);
  if (screen.kind !== 'requests') return false;
  const own = screen.list.rows.map(({ request }) => request).filter((request) => request.ref === ref);
  return own.length > 0 && own.every(({ state: end }) => end !== 'pending' && end !== 'running');
}
