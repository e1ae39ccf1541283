import { readFileSync } from 'node:fs';
import * as v from 'valibot';
import type { RememberedFile } from '../commands/context.ts';
import { levels } from '../model/vendor.ts';
import { nothingRemembered } from '../state/table-layout.ts';
import { replaceFile } from '../system/private-file.ts';

const sort = v.optional(v.array(v.object({ field: v.string(), descending: v.boolean() })), []);
const columns = v.optional(v.nullable(v.array(v.string())), null);
const look = v.optional(v.object({ columns, sort }));
const crumb = v.object({
  pin: v.object({ level: v.picklist(levels), connection: v.string(), id: v.nullable(v.string()) }),
  name: v.string(),
  implied: v.boolean(),
});
const shape = v.object({
  looks: v.optional(
    v.object({
      seller: look,
      reseller: look,
      organization: look,
      service: look,
      subscriptions: look,
      requests: look,
      journal: look,
    }),
    {},
  ),
  views: v.optional(
    v.array(v.object({ name: v.string(), trail: v.array(crumb), filter: v.string(), columns, sort })),
    [],
  ),
  recent: v.optional(v.array(v.string()), []),
});

/** The console's saved state, as JSON at `path`, readable by this user only. */
export function rememberedFile(path: string): RememberedFile {
  return {
    read: () => {
      try {
        const parsed = v.safeParse(shape, JSON.parse(readFileSync(path, 'utf8')));
        return parsed.success ? withoutGaps(parsed.output) : nothingRemembered;
      } catch {
        return nothingRemembered;
      }
    },
    keep: (remembered) => {
      try {
        replaceFile(path, `${JSON.stringify(remembered, null, 2)}\n`);
      } catch {
        // On a full or read-only disk only the remembered state is lost.
      }
    },
  };
}

function withoutGaps({ looks, ...rest }: v.InferOutput<typeof shape>): ReturnType<RememberedFile['read']> {
  const known = Object.entries(looks).filter(([, each]) => each !== undefined);
  return { ...rest, looks: Object.fromEntries(known) };
}
