import type { Mutant } from '../target.ts';

const schema = 'src/team/schema/journal.ts';

/** Nothing tells two writes to one target from each other, at once or one after the other. */
export const noGuard: Mutant = {
  name: 'no guard of a target',
  tries: 20,
  patches: [
    { file: schema, find: 'CREATE UNIQUE INDEX one_open_write', replace: 'CREATE INDEX one_open_write' },
    { file: schema, find: 'AND e.id > planned_after', replace: 'AND false' },
  ],
};
