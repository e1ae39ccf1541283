import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StoryFixture } from '../stories/fixture.ts';

type Json = Record<string, unknown>;
interface PlanContent {
  readonly rows: readonly {
    readonly ref: string;
    readonly verb: string;
    readonly target: Json;
    readonly wish: Json;
  }[];
}

/** The names that 0.1.0 wrote: this version must take them for unchanged. */
const asWritten = ['seller', 'reseller'];

/**
 * The plan file of 0.1.0, which has the sandbox's data of its time: rewritten with the sandbox's data of now. The fields of its
 * rows stay those that 0.1.0 wrote. Rows of other connections than the fixture's stay as they are.
 */
export async function currentPlan(fixture: StoryFixture): Promise<string> {
  const file = join(fixture.home, 'plan.json');
  const content = JSON.parse(readFileSync(file, 'utf8')) as PlanContent;
  const rows = [];
  for (const row of content.rows) {
    if (!fixture.connections.some(({ name }) => row.ref.startsWith(`${name}/`))) {
      rows.push(row);
      continue;
    }
    const shown = (await fixture.words('subscription', 'show', row.ref, '--live', '--json')).json<Json>();
    const target = Object.fromEntries(
      Object.entries(row.target).map(([name, old]) => [
        name,
        asWritten.includes(name) || !(name in shown) ? old : shown[name],
      ]),
    );
    const quantity = Number(shown.quantity) + 3;
    const words = ['subscription', row.verb, row.ref, String(quantity), '--dry-run', '--json'];
    const { plan } = (await fixture.words(...words)).json<{ readonly plan: readonly Json[] }>();
    const { sentence, before, after } = plan[0] ?? {};
    rows.push({ ...row, sentence, before, after, target, wish: { ...row.wish, quantity } });
  }
  writeFileSync(file, JSON.stringify({ ...content, rows }));
  return file;
}
