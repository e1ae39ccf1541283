import { parseReference } from '../model/reference.ts';
import type { Subscription } from '../model/subscription.ts';
import { type ConsoleState, topScreen } from './console-state.ts';
import { rowUnderCursor } from './list.ts';
import { rowId } from './row-id.ts';
import { subjectOf } from './subject.ts';
import type { Trail } from './trail.ts';

/** What a page of a vendor's portal can show: the row under the cursor, else the branch on screen, else the only connection. */
export interface ConnectionPlace {
  readonly connection: string;
  readonly organization: string | null;
  readonly subscription: string | null;
}

/** Null: nothing on screen is of one connection. */
export function portalPlaceOf(state: ConsoleState): ConnectionPlace | null {
  const subject = subjectOf(state);
  if (subject !== null) return placeOfRow(subject);
  const screen = topScreen(state);
  return underCursor(state) ?? ('trail' in screen ? placeOfTrail(screen.trail) : null) ?? onlyConnection(state);
}

function placeOfRow({ connection, id, organization }: Subscription): ConnectionPlace {
  return { connection, organization: organization?.id ?? null, subscription: id };
}

function underCursor(state: ConsoleState): ConnectionPlace | null {
  const screen = topScreen(state);
  switch (screen.kind) {
    case 'level': {
      const node = rowUnderCursor(screen.list, rowId.level);
      if (node === null) return null;
      const place = placeOfTrail(screen.trail);
      const organization = node.level === 'organization' && !node.implied ? node.id : (place?.organization ?? null);
      return { connection: node.connection, organization, subscription: null };
    }
    case 'requests':
      return placeOfRef(rowUnderCursor(screen.list, rowId.requests)?.request.ref);
    case 'journal':
      return placeOfRef(rowUnderCursor(screen.list, rowId.journal)?.ref);
    case 'entry':
      return placeOfRef(screen.entry.ref);
    case 'changes':
      return placeOfRef(rowUnderCursor(screen.list, rowId.timeline)?.ref);
    case 'calls': {
      const call = rowUnderCursor(screen.list, rowId.calls);
      return call === null ? null : { connection: call.connection, organization: null, subscription: null };
    }
    case 'today': {
      const line = rowUnderCursor(screen.list, rowId.today);
      if (line?.kind !== 'item') return null;
      const { connection, organization } = line.item;
      return { connection, organization: organization?.id ?? null, subscription: null };
    }
    default:
      return null;
  }
}

function placeOfRef(ref: string | undefined): ConnectionPlace | null {
  const reference = parseReference(ref ?? '');
  if (reference === null) return null;
  const { connection, id } = reference;
  // A new subscription has no id yet.
  return { connection, organization: null, subscription: id.startsWith('new:') ? null : id };
}

function placeOfTrail(trail: Trail): ConnectionPlace | null {
  const [first] = trail;
  if (first === undefined) return null;
  const organization = trail.find(({ pin, implied }) => pin.level === 'organization' && !implied);
  return { connection: first.pin.connection, organization: organization?.pin.id ?? null, subscription: null };
}

function onlyConnection({ connections }: ConsoleState): ConnectionPlace | null {
  const [only, ...others] = connections;
  return only === undefined || others.length > 0
    ? null
    : { connection: only.name, organization: null, subscription: null };
}
