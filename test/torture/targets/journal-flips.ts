import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openJournal } from '../../../src/journal/sqlite/open-journal.ts';
import { fastClock } from '../../fault-server/clocks.ts';
import { answer, intent, step } from '../../journal/intent.ts';
import { seededRandom, type Target } from '../target.ts';

const clock = fastClock();

export const journalFlips: Target = {
  name: 'bit flips in the journal',
  promise: 'A flipped bit in the journal is detected, its entry is named, and nothing is sent.',
  full: 10_000,
  mutants: [
    {
      name: 'entries without a seal',
      tries: 200,
      patches: [
        {
          file: 'src/journal/sqlite/entry-row.ts',
          find: '!== row.seal) return null;',
          replace: '=== "") return null;',
        },
      ],
    },
    {
      name: 'steps and verdicts without a seal',
      tries: 200,
      patches: [{ file: 'src/journal/sqlite/sealed-lines.ts', find: 'body) === seal;', replace: 'body) !== "";' }],
    },
  ],
  async run({ n, seed, directory }) {
    const random = seededRandom(seed);
    const faults: string[] = [];
    const path = join(directory, 'journal.db');
    await writeJournal(path);
    const values = sweptValues(path);
    const whole = readFileSync(path);
    for (let nth = 0; nth < n; nth += 1) {
      const value = Buffer.from(random.pick(values));
      const place = random.pick(placesOf(whole, value)) + random.below(value.length);
      const bit = random.below(8);
      const bytes = Buffer.from(whole);
      bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
      writeFileSync(path, bytes);
      const journal = openJournal(path, { clock });
      const seen = journal.health()?.kind;
      const sent = (await journal.intend({ ...intent, ref: 'nordic/new' })).kind;
      if (seen !== 'broken')
        faults.push(`bit ${bit} of byte ${place} (${value.toString().slice(0, 40)}) is not noticed`);
      if (sent !== 'refused') faults.push(`bit ${bit} of byte ${place} does not stop a write`);
      journal.dispose();
    }
    writeFileSync(path, whole);
    const journal = openJournal(path, { clock });
    if (journal.health() !== null) faults.push('The journal as it was is called damaged.');
    journal.dispose();
    return { n, faults, facts: [`${values.length} texts in ${whole.length} bytes`] };
  },
};

/** Three finished entries, one of which was accepted and followed, and one open entry. */
async function writeJournal(path: string): Promise<void> {
  const journal = openJournal(path, { clock });
  for (const target of ['a', 'b', 'c', 'd']) {
    const intended = await journal.intend({ ...intent, ref: `nordic/${target}` });
    const id = intended.kind === 'intended' ? intended.id : '';
    await journal.sending(id, step);
    await journal.answered(id, { index: 0, answer });
    const request = { vendorRequestId: 'rq', vendorState: null, from: 25, to: 20, vendor: null, nextCheckIn: null };
    if (target === 'b') await journal.accepted(id, request);
    if (target === 'c')
      await journal.close(id, { state: 'unknown', reason: 'No answer came.', vendor: null, basis: 'answer' });
    if (target !== 'd') await journal.close(id, { state: 'done', reason: null, vendor: null, basis: 'answer' });
  }
  journal.dispose();
}

/** Every text in the rows of the file, after old copies of changed rows were vacuumed. */
function sweptValues(path: string): readonly string[] {
  const database = new DatabaseSync(path);
  database.exec('VACUUM');
  const rows = ['entry', 'step', 'verdict'].flatMap((table) => database.prepare(`SELECT * FROM ${table}`).all());
  database.close();
  return rows.flatMap((row) => Object.values(row).filter((value) => typeof value === 'string'));
}

/** The offsets of a text after the first page, which contains the schema. */
function placesOf(whole: Buffer, part: Buffer): readonly number[] {
  const places: number[] = [];
  for (let place = whole.indexOf(part, 4096); place >= 0; place = whole.indexOf(part, place + 1)) places.push(place);
  return places;
}
