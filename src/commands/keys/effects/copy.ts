import type { Fault } from '../../../model/fault.ts';
import { printable, printableLines } from '../../../model/printable.ts';
import { parseReference } from '../../../model/reference.ts';
import { safeJson } from '../../../model/safe-json.ts';
import type { CachedSubscription } from '../../../model/subscription.ts';
import type { ConsoleState } from '../../../state/console-state.ts';
import { topScreen } from '../../../state/console-state.ts';
import type { ConsoleStore } from '../../../state/console-store.ts';
import { rowUnderCursor } from '../../../state/list.ts';
import { outsideText } from '../../../state/mark-words.ts';
import type { MenuEntry } from '../../../state/overlay.ts';
import { refOfRow } from '../../../state/read-customer.ts';
import { rowId } from '../../../state/row-id.ts';
import { type SubscriptionsScreen, tabOf } from '../../../state/screen.ts';
import { subjectOf } from '../../../state/subject.ts';
import { chosenColumns } from '../../../state/table-layout.ts';
import { keptPlan } from '../../../state/today-screens.ts';
import { say } from '../../../state/updates/status.ts';
import type { TimelineLine } from '../../../today/merged-timeline.ts';
import { planDigest } from '../../../writes/bulk/plan-digest.ts';
import { planReceipt } from '../../../writes/bulk/plan-receipt.ts';
import { receipt } from '../../../writes/receipt.ts';
import { callText } from '../../call-text.ts';
import type { Context } from '../../context.ts';
import { cellsOf } from '../../subscription-cells.ts';
import { subscriptionJson } from '../../subscription-row.ts';
import { timelineText } from '../../timeline-text.ts';
import { toClipboard } from './clipboard.ts';
import type { EffectDeps, Using } from './deps.ts';
import { exportEntries, startExport } from './export.ts';
import { inBackground } from './reported.ts';
import { entryOf } from './settle.ts';

/** Something that can be put on the clipboard. */
interface Copyable {
  readonly id: string;
  readonly label: string;
  readonly text: string;
}

type Copying = Pick<EffectDeps, 'terminal'> & Using<'journal'>;

/** Copies the text of an open box, or opens the menu of what can be copied or exported here. */
export function openCopy(store: ConsoleStore, deps: Copying): void {
  const state = store.getState();
  const said = inFront(state, deps);
  if (said !== null) {
    copy(store, deps, said);
    return;
  }
  const entries: readonly MenuEntry[] = [
    ...copyables(state, deps).map(({ id, label, text }) => ({
      id,
      label,
      note: preview(text),
      unavailable: null,
    })),
    ...exportEntries(state),
  ];
  if (entries.length === 0) {
    store.update((before) => say(before, 'There is nothing to copy here.', 'warn'));
    return;
  }
  const cursor = entries[0]?.id ?? null;
  store.update((before) => ({
    ...before,
    overlay: { kind: 'menu', purpose: 'copy', title: 'Copy or export', entries, cursor, subject: null },
  }));
}

/** Copies the chosen text, or asks for the export file. */
export function chooseCopy(store: ConsoleStore, deps: Copying, id: string): void {
  if (id.startsWith('export ')) {
    store.update((state) => startExport(state, id));
    return;
  }
  const found = copyables(store.getState(), deps).find((each) => each.id === id);
  if (found === undefined) return;
  store.update((state) => ({ ...state, overlay: null }));
  copy(store, deps, found);
}

function copy(store: ConsoleStore, { terminal }: Pick<EffectDeps, 'terminal'>, { label, text }: Copyable): void {
  inBackground(store, async () => {
    const where = await toClipboard(text, terminal);
    store.update((state) => say(state, `${label} copied to ${where}.`, 'good'));
  });
}

/** The text of the open box: the receipt of a write if it has one, else its lines. Null if none is open. */
function inFront({ overlay }: ConsoleState, { context }: Using<'journal'>): Copyable | null {
  switch (overlay?.kind) {
    case 'notice':
      if (overlay.copied !== undefined) return one('address', 'The address', overlay.copied);
      return one('text', 'The text', overlay.fault === null ? overlay.text : faultText(overlay.fault));
    case 'result': {
      const { journalId, fault, outcome } = overlay.result;
      const [found] = journalId === null ? [] : receiptOf(journalId, context);
      return found ?? one('text', 'The text', fault === null ? outcome : faultText(fault));
    }
    default:
      return null;
  }
}

function faultText({ message, next, vendor }: Fault): string {
  const id = vendor?.correlationId ?? null;
  return [message, next, ...(id === null ? [] : [`Correlation id ${id}.`])].join(' ');
}

/**
 * What the screen offers to copy, the most likely first. Control characters are replaced: an id with a line end would
 * run as a command when pasted into a shell.
 */
function copyables(state: ConsoleState, { context }: Using<'journal'>): readonly Copyable[] {
  const screen = topScreen(state);
  switch (screen.kind) {
    case 'level': {
      const node = rowUnderCursor(screen.list, rowId.level);
      if (node === null) return [];
      return [
        ...(node.id === null ? [] : [one('id', 'The id', node.id)]),
        one('name', 'The name', node.name),
        ...(node.id === null ? [] : [one('within', 'The branch', `${node.level}=${node.connection}/${node.id}`)]),
      ];
    }
    case 'subscriptions':
      return [...marked(screen), ...ofSubscription(subjectOf(state), state)];
    case 'subscription': {
      const line = tabOf(screen).kind === 'timeline' ? rowUnderCursor(screen.timeline, rowId.timeline) : null;
      return [...ofLine(line, context), ...ofSubscription(screen.subscription, state)];
    }
    case 'changes':
      return ofLine(rowUnderCursor(screen.list, rowId.timeline), context);
    case 'requests': {
      const row = rowUnderCursor(screen.list, rowId.requests);
      if (row === null) return [];
      const { id, ref } = row.request;
      return [one('id', 'The id', id), one('ref', 'The REF', ref), ...receiptOf(id, context)];
    }
    case 'journal':
    case 'entry': {
      const entry = entryOf(state);
      if (entry === null) return [];
      const { id, ref, sentence } = entry;
      return [
        ...receiptOf(id, context),
        one('id', 'The id', id),
        one('ref', 'The REF', ref),
        one('sentence', 'The sentence', sentence),
      ];
    }
    case 'today': {
      const row = rowUnderCursor(screen.list, rowId.today);
      if (row?.kind !== 'item') return [];
      const { key, next } = row.item;
      return [
        ...ofSubscription(row.row, state),
        ...(row.entry === null ? [] : receiptOf(row.entry.id, context)),
        ...(next === null ? [] : [one('next', 'The next step', next.words)]),
        one('key', 'The KEY on Today', key),
      ];
    }
    case 'customer': {
      const row = rowUnderCursor(screen.list, rowId.customer);
      if (row === null) return [];
      const ref = refOfRow(row);
      const journalId = row.kind === 'entry' ? row.entry.id : row.kind === 'request' ? row.row.request.id : null;
      return [
        ...(row.kind === 'addon' ? [one('id', 'The id of the add-on', row.addon.id)] : []),
        ...(row.kind === 'addon' ? [one('name', 'The name', row.addon.name)] : []),
        ...(ref === null ? [] : [one('ref', 'The REF', ref)]),
        ...(journalId === null ? [] : receiptOf(journalId, context)),
        ...(row.kind === 'item' ? [one('key', 'The KEY on Today', row.item.key)] : []),
      ];
    }
    case 'calls': {
      const call = rowUnderCursor(screen.list, rowId.calls);
      if (call === null) return [];
      return [
        one('call', 'The call', callText(call)),
        ...(call.correlationId === null ? [] : [one('id', 'The correlation id', call.correlationId)]),
      ];
    }
    case 'bulk': {
      const tried = screen.ends.flatMap(({ row: { row }, journalId }) => {
        const entry = journalId === null ? null : context.journal.entry(journalId);
        return entry === null ? [] : [{ row, entry }];
      });
      const label = 'The receipt of the plan (Markdown)';
      const text = () => planReceipt(context.journal, screen.plan.id, tried);
      return [
        ...(tried.length === 0 ? [] : [{ id: 'receipt', label, text: text() }]),
        one('plan', "The plan's id", screen.plan.id),
        one('digest', "The plan's digest", planDigest(keptPlan(screen))),
      ];
    }
    case 'reply':
      return [{ id: 'text', label: 'The text', text: printableLines(screen.lines.join('\n')) }];
    default:
      return [];
  }
}

function ofSubscription(row: CachedSubscription | null, state: ConsoleState): readonly Copyable[] {
  if (row === null) return [];
  const cells = cellsOf(row, chosenColumns(state, topScreen(state)));
  const texts = cells.map(({ text }) => printable(text ?? ''));
  return [
    one('id', 'The id', row.id),
    one('ref', 'The REF', row.ref),
    { id: 'row', label: 'The row', text: texts.join('\t') },
    { id: 'json', label: 'The row as JSON', text: safeJson(subscriptionJson(row), 2) },
    ...cells.flatMap(({ id, label, text }) =>
      text === null || id === 'id' ? [] : [one(`cell ${id}`, `Cell: ${label}`, text)],
    ),
  ];
}

function ofLine(line: TimelineLine | null, context: Pick<Context, 'journal'>): readonly Copyable[] {
  if (line === null) return [];
  const { journalId, ref } = line;
  return [
    one('line', 'The line', timelineText(line)),
    one('ref', 'The REF', ref),
    ...(journalId === null ? [] : [one('journal id', 'The journal id', journalId), ...receiptOf(journalId, context)]),
  ];
}

function marked(screen: SubscriptionsScreen): readonly Copyable[] {
  const { marks } = screen;
  if (marks.size === 0) return [];
  const outside = outsideText(screen);
  const more = outside === null ? '' : `, ${outside}`;
  const refs = [...marks].map(printable);
  const ids = [...marks].map((ref) => printable(parseReference(ref)?.id ?? ref));
  return [
    { id: 'marked ids', label: `The ${marks.size} marked ids${more}`, text: ids.join('\n') },
    { id: 'marked refs', label: `The ${marks.size} marked REFs${more}`, text: refs.join('\n') },
  ];
}

function receiptOf(id: string, { journal }: Pick<Context, 'journal'>): readonly Copyable[] {
  const text = receipt(journal, id);
  return text === null ? [] : [{ id: 'receipt', label: 'The receipt (Markdown)', text }];
}

function one(id: string, label: string, text: string): Copyable {
  return { id, label, text: printable(text) };
}

const longestPreview = 60;

function preview(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim();
  return line.length <= longestPreview ? line : `${line.slice(0, longestPreview - 1)}…`;
}
