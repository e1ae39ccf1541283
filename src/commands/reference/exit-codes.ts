import { type ExitKind, exitCodes } from '../../model/fault.ts';
import type { Topic } from './topic.ts';

interface Meaning {
  /** When a command ends with it. */
  readonly when: string;
  /** What to do then. */
  readonly next: string;
}

const meanings: Readonly<Record<ExitKind, Meaning>> = {
  ok: {
    when: 'It is done. A change without `--wait` may only be accepted: the vendor still works on it.',
    next: '`subdeck request list` shows what vendors still work on.',
  },
  broken: {
    when: 'A fault of Subdeck itself.',
    next: 'Report it; the message names a file with the place of the fault, and no data.',
  },
  usage: {
    when: 'The words are wrong, a confirmation is missing, or the settings file has a mistake. Nothing was sent.',
    next: 'The message names the mistake and its place. `--help` explains the command.',
  },
  missing: {
    when: 'There is no such connection, subscription or request, or no connection at all.',
    next: 'Look for it with a `list` command, or add a connection.',
  },
  'signed-out': {
    when: 'Credentials are missing, wrong or expired, or a change was answered 401.',
    next: 'Set them with `subdeck connection set NAME`, then `subdeck connection test NAME`.',
  },
  denied: {
    when: 'The vendor, its edition or the role (403) does not allow it, or read-only or offline mode does not.',
    next: 'The message says who refused. `subdeck vendors` shows what each vendor can do.',
  },
  refused: {
    when: 'The vendor said no to this change (400, 409, 422, a rule of its own), the awaited request failed, or a change of the same subscription is still open.',
    next: 'Nothing was changed. The message quotes the reason.',
  },
  unreachable: {
    when: 'Nothing usable came: no network, a timeout, 5xx on a read, too many calls (429), or a change that was certainly not sent.',
    next: 'Try again later; nothing was changed.',
  },
  unknown: {
    when: 'A change was sent, and its answer was lost or cannot be read (a reset, a timeout, 3xx, 408, 5xx, a broken body). It may have happened.',
    next: 'Do not repeat it. `subdeck journal settle ID` looks at the vendor for what became of it.',
  },
  partial: {
    when: 'Some connections or rows failed, and the rest is there; or older rows are shown, because reading them again failed.',
    next: 'stderr names what is missing.',
  },
  pending: {
    when: 'The time of `--wait=SECONDS` is over; the request goes on.',
    next: '`subdeck request watch` waits on.',
  },
  interrupted: { when: 'Ctrl-C or a signal ended it.', next: 'A change that was being sent is in the journal.' },
};

/** The exit codes, from the table that commands end by. */
export const exitCodesTopic: Topic = {
  word: 'exit-codes',
  title: 'Exit codes',
  summary: 'what each exit code means, and what to do then',
  inManual: 'whole',
  parts: () => [
    {
      paragraphs: [
        'A script decides by these. A change is sent at most once: no code means that Subdeck will send it again by itself.',
      ],
      table: {
        heads: ['Code', 'Kind', 'When, and what to do'],
        rows: Object.entries(exitCodes).map(([kind, code]) => {
          const { when, next } = meanings[kind as ExitKind];
          return [String(code), `\`${kind}\``, `${when} ${next}`];
        }),
      },
    },
    {
      paragraphs: [
        'With `--json` the kind is `error.kind` of each line on stderr (`subdeck help json`). Where nothing usable is left, the first fault decides; where something is, the code is 9.',
      ],
    },
  ],
};
