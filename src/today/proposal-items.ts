import { clause } from '../model/clause.ts';
import { printable } from '../model/printable.ts';
import type { Proposal } from '../model/proposal.ts';
import { fileWord } from '../model/shell-word.ts';
import type { FoundItem, FoundItems } from './item.ts';
import { step } from './next-step.ts';

const nobody = { organization: null, row: null, journalId: null, deadline: null } as const;

/** Plans that an assistant proposed and nobody has run, of these connections. */
export function proposedPlans(proposals: readonly Proposal[], connections: readonly string[]): FoundItems {
  const items = proposals
    .filter((proposal) => proposal.connections.every((name) => connections.includes(name)))
    .map(({ name, path, id, proposedBy, reason, changes, connections: [connection = ''] }): FoundItem => {
      const who = printable(proposedBy);
      const why = reason === null ? '' : `: ${clause(printable(reason))}`;
      return {
        ...{ kind: 'proposed', urgency: 'soon', connection, ...nobody, ref: null, name: changes },
        why: `${who} proposes ${changes}${why}`,
        brief: `proposed by ${who}`,
        next: step('To review it', `plan show ${fileWord(path)}`, 'enter', 'review'),
        advice: null,
        state: [id],
        proposal: name,
      };
    });
  return { items, total: items.length };
}
