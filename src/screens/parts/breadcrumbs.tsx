import type { ReactNode } from 'react';
import type { ConsoleState } from '../../state/console-state.ts';
import { topScreen } from '../../state/console-state.ts';
import type { CustomerFrame } from '../../state/customer-screen.ts';
import type { SubscriptionScreen } from '../../state/screen.ts';
import type { Trail } from '../../state/trail.ts';
import { connectionOf, isImplied } from '../../state/trail.ts';
import { Line } from '../table/table.tsx';
import { visible, widthOf } from '../text/cells.ts';
import { clip } from '../text/fit.ts';
import { contactPieces } from './contact-pieces.ts';
import type { Piece } from './line-pieces.ts';
import { spread } from './line-pieces.ts';
import type { Theme } from './theme.ts';
import { useTheme } from './theme.ts';

/** The breadcrumb line: the path by names, whether the vendors answer, and the age of the data. */
export function Breadcrumbs({ state }: { readonly state: ConsoleState }): ReactNode {
  const theme = useTheme();
  return <Line text={breadcrumbLine(state, theme)} />;
}

/** From this width on the names have the same room however old a fresh place is. */
const roomyColumns = 80;
const usualAge = 'online · 59 min ago';

function breadcrumbLine(state: ConsoleState, theme: Theme): string {
  const width = state.columns - 2;
  const age = contactPieces(state);
  const used = age.reduce((sum, piece) => sum + widthOf(piece.text), 0);
  const ageWidth = state.columns < roomyColumns ? used : Math.max(used, usualAge.length);
  const brand = 'subdeck  ';
  const names = shorten(namesOf(state), width - brand.length - ageWidth - 3, theme.marks.crumb);
  const left: Piece[] = [{ text: brand, tone: 'title' }];
  names.forEach((name, index) => {
    if (index > 0) left.push({ text: ` ${theme.marks.crumb} `, tone: 'dim' });
    left.push({ text: name, tone: index === names.length - 1 ? 'bold' : 'plain' });
  });
  return ` ${spread(theme, width, left, age)}`;
}

/** The names above the screen, top down. An implied level has no name of its own. */
export function namesOf(state: ConsoleState): readonly string[] {
  const screen = topScreen(state);
  switch (screen.kind) {
    case 'level':
      return trailNames(state, screen.trail);
    case 'subscriptions':
      return screen.frame === null ? trailNames(state, screen.trail) : customerNames(screen.frame);
    case 'customer':
      return customerNames(screen.frame);
    case 'subscription':
      return subscriptionNames(state, screen);
    case 'requests':
      return ['Requests'];
    case 'journal':
      return ['Journal'];
    case 'entry':
      return ['Journal', visible(screen.id)];
    case 'today':
      return ['Today'];
    case 'calls':
      return ['Calls'];
    case 'charts':
      return [...(screen.frame === null ? trailNames(state, screen.trail) : customerNames(screen.frame)), 'Charts'];
    case 'changes':
      return ['Changes'];
    case 'bulk':
      return ['Bulk plan'];
    case 'reply':
      return [visible(screen.title)];
  }
}

function customerNames({ customer }: CustomerFrame): readonly string[] {
  return ['Customer', ...(customer === null ? [] : [visible(customer.name)])];
}

/** From the row itself, since it may have been opened from any screen. */
function subscriptionNames(state: ConsoleState, { trail, subscription, ref }: SubscriptionScreen): readonly string[] {
  if (subscription === null) return [...trailNames(state, trail), visible(ref)];
  const connection = state.connections.find((view) => view.name === subscription.connection);
  const service = trail.find((crumb) => crumb.pin.level === 'service' && !crumb.implied);
  const { seller, reseller, organization } = subscription;
  const above = [seller, reseller].filter((each) => each !== null && !isImplied(each.id, subscription.connection));
  const names = [...above, organization, service ?? null].flatMap((each) => (each === null ? [] : [each.name]));
  return once([connection?.title ?? subscription.connection, ...names, subscription.name]);
}

function trailNames(state: ConsoleState, trail: Trail): readonly string[] {
  const connection = connectionOf(trail);
  if (connection === null) return ['all connections'];
  const title = state.connections.find((view) => view.name === connection)?.title ?? connection;
  return once([title, ...trail.filter((crumb) => !crumb.implied).map((crumb) => crumb.name)]);
}

/** A seller with the same name as its connection is shown once. */
function once(names: readonly string[]): readonly string[] {
  const [first, second, ...rest] = names.map((name) => visible(name));
  return [first, ...(second === first ? [] : [second]), ...rest].filter((name) => name !== undefined);
}

/** Keeps both ends, drops the middle, then truncates the longest, until the names fit. */
export function shorten(names: readonly string[], width: number, crumb: string): readonly string[] {
  const separator = widthOf(crumb) + 2;
  const total = (list: readonly string[]) =>
    list.reduce((sum, name) => sum + widthOf(name), 0) + separator * Math.max(0, list.length - 1);
  if (total(names) <= width) return names;
  for (let kept = names.length - 2; kept >= 1; kept -= 1) {
    const short = [names[0] ?? '', '…', ...names.slice(-kept)];
    if (total(short) <= width) return short;
  }
  const last = names.at(-1) ?? '';
  return names.length === 1 ? [clip(last, width)] : ['…', clip(last, Math.max(8, width - separator - 1))];
}
