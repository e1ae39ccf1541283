import { type Fault, FaultError } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';
import type { ReadClient } from '../http/read-client.ts';
import type { WriteClient } from '../http/write-client.ts';

/** The API version that a connection uses. */
export interface ApiVersion {
  readonly current: () => string;
  readonly headers: () => Readonly<Record<string, string>>;
  /** If the version is refused as `3.0`, reads try `3`, which is then used for everything. */
  reads(client: ReadClient): ReadClient;
  /** A refusal names the setting; nothing is sent again. */
  writes(client: WriteClient): WriteClient;
}

export function apiVersion(connection: string, given: string): ApiVersion {
  let version = given;
  const short = /^(\d+)\.0$/.exec(given)?.[1] ?? null;

  async function asking<Result>(read: () => Promise<Result>): Promise<Result> {
    const asked = version;
    try {
      return await read();
    } catch (error) {
      if (!(error instanceof FaultError) || !isAboutVersion(error.fault)) throw error;
      // Calls beside this one may have learned the same meanwhile.
      if (short === null || asked !== given) throw new FaultError(advised(error.fault));
      version = short;
      return await read().catch((again: unknown) => {
        version = given;
        const isSame = again instanceof FaultError && isAboutVersion(again.fault);
        throw isSame ? new FaultError(advised(again.fault)) : again;
      });
    }
  }

  const advised = (fault: Fault): Fault => ({
    ...fault,
    next: `API version ${given} may be the cause: set another with \`subdeck connection set ${shellWord(connection)} apiVersion=…\` (3, latest).`,
  });

  return {
    current: () => version,
    headers: () => ({ 'x-api-version': version }),
    reads: (client) => ({
      answer: (call, schema) => asking(() => client.answer(call, schema)),
      get: (call, schema) => asking(() => client.get(call, schema)),
      find: (call, schema) => asking(() => client.find(call, schema)),
      rows: (call) => client.rows(call),
    }),
    writes: (client) => ({
      ...client,
      send: async (call, reply, permit) => {
        const answer = await client.send(call, reply, permit);
        const isRefused = answer.outcome === 'refused' && isAboutVersion(answer.fault);
        return isRefused ? { ...answer, fault: advised(answer.fault) } : answer;
      },
    }),
  };
}

/** An old version is refused as an unknown method of the list; an invalid one, by its name. */
function isAboutVersion({ kind, vendor }: Fault): boolean {
  if (kind !== 'refused' && kind !== 'missing') return false;
  return /does not support http method|api.?version/i.test(`${vendor?.code ?? ''} ${vendor?.message ?? ''}`);
}
