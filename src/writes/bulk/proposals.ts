import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JournalReader } from '../../journal/journal.ts';
import { FaultError, fault } from '../../model/fault.ts';
import type { Proposal } from '../../model/proposal.ts';
import { connectionOf } from '../../operations/requests.ts';
import { foreignness } from '../../system/ownership.ts';
import { makePrivateDirectory } from '../../system/private-file.ts';
import { countText } from './count.ts';
import { type BulkPlan, readPlanFile, writePlanFile } from './plan-file.ts';

/** The plan files that assistants proposed, in a private directory of this installation. */
export interface Proposals {
  /** Those that nobody has run, the latest first, as of the last `refresh`. Files that cannot be trusted or read are left out. */
  open(): readonly Proposal[];
  /** Grows when `open` shows another list. */
  revision(): number;
  /** Looks at the directory, and in the journal for what was run. Never rejects. */
  refresh(): Promise<void>;
  /** Saves a plan under a new name. Throws `refused` where too many wait already, and `usage` where the file cannot be written. */
  save(plan: BulkPlan): Proposal;
  /** The plan of a name. Throws `missing`, and `denied` for a file that another user could have changed. */
  read(name: string): BulkPlan;
}

/** More are not looked at and not written: a person has to read them. */
const most = 200;
const nameShape = /^[a-z0-9][a-z0-9-]{0,80}\.plan$/;

type RunRecords = Pick<JournalReader, 'knownParts' | 'revision'>;

export function createProposals(directory: string, journal: () => RunRecords): Proposals {
  /** By name: what was read of a file, which is never changed by Subdeck. */
  const known = new Map<string, { readonly stamp: string; readonly proposal: Proposal | null }>();
  /** By plan: whether it was run, as of a revision of the journal. */
  const runs = new Map<string, { readonly isTried: boolean; readonly revision: number }>();
  let open: readonly Proposal[] = [];
  let revision = 0;

  function look(name: string): Proposal | null {
    const path = join(directory, name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    const stamp = stats === undefined ? '' : [stats.mtimeMs, stats.size, stats.ino].join(' ');
    const before = known.get(name);
    if (before?.stamp === stamp) return before.proposal;
    const proposal = quietly(() => proposalOf(path, name, readTrusted(path)));
    known.set(name, { stamp, proposal });
    return proposal;
  }

  function wasRun(plan: string): boolean {
    const now = journal().revision();
    const before = runs.get(plan);
    if (before !== undefined && (before.isTried || before.revision === now)) return before.isTried;
    const found = journal().knownParts(plan).size > 0;
    runs.set(plan, { isTried: found, revision: now });
    return found;
  }

  return {
    open: () => open,
    revision: () => revision,
    async refresh() {
      const names = namesIn(directory);
      for (const name of known.keys()) if (!names.includes(name)) known.delete(name);
      const found = names.flatMap((name) => look(name) ?? []);
      const fresh = found
        .filter(({ id }) => !wasRun(id))
        .toSorted((one, other) => (one.createdAt < other.createdAt ? 1 : -1));
      if (JSON.stringify(fresh) === JSON.stringify(open)) return;
      open = fresh;
      revision += 1;
    },
    save(plan) {
      makePrivateDirectory(directory);
      if (namesIn(directory).length >= most) {
        const message = `${most} proposed plans are in ${directory}, run or not, and Subdeck keeps no more.`;
        throw fault(
          'refused',
          message,
          'A person has to delete some of these files first; what was run of them stays in the journal.',
        );
      }
      const name = `${plan.createdAt.slice(0, 10)}-${plan.id.slice(0, 13)}.plan`;
      const path = join(directory, name);
      refuseForeign(path);
      writePlanFile(path, plan);
      return proposalOf(path, name, plan);
    },
    read(name) {
      const path = join(directory, name);
      if (!nameShape.test(name) || lstatSync(path, { throwIfNoEntry: false }) === undefined)
        throw fault('missing', `There is no proposed plan ${JSON.stringify(name.slice(0, 100))}.`, noPlanNext);
      return readTrusted(path);
    },
  };
}

const noPlanNext = 'subdeck today lists those that wait; plan_create returns the name of a new one.';

function namesIn(directory: string): readonly string[] {
  const names = quietly(() => readdirSync(directory)) ?? [];
  return names.filter((name) => nameShape.test(name)).slice(0, most);
}

function readTrusted(path: string): BulkPlan {
  refuseForeign(path);
  return readPlanFile(path);
}

function refuseForeign(path: string): void {
  const trouble = foreignness(path);
  if (trouble !== null) throw fault('denied', `The plan ${path} is not used: ${trouble.what}.`, trouble.next);
}

function proposalOf(path: string, name: string, plan: BulkPlan): Proposal {
  const { id, createdAt, proposedBy = plan.by, reason = null, rows } = plan;
  const connections = [...new Set(rows.map(({ writeRequest }) => connectionOf(writeRequest)))];
  return { name, path, id, createdAt, proposedBy, reason, connections, changes: countText(rows) };
}

/** What another user or another version put there is no reason to stop: it is not shown. */
function quietly<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof FaultError || (error instanceof Error && 'code' in error)) return null;
    throw error;
  }
}
