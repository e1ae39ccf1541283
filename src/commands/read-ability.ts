import type { AbilityName, AbilityShapes, No } from '../api/contract.ts';
import { type FaultError, fault } from '../model/fault.ts';
import type { Context } from './context.ts';

/** A reading ability of a connection. Throws `denied` with the vendor's reason if it has none, and in offline mode. */
export async function demandAbility<Name extends AbilityName>(
  context: Pick<Context, 'connections' | 'mode'>,
  connection: string,
  name: Name,
): Promise<AbilityShapes[Name]> {
  if (context.mode.offline) {
    throw fault(
      'denied',
      'This is not in the cache, and offline mode does not read from vendors.',
      'Leave out --offline.',
    );
  }
  const { abilities } = await context.connections.vendor(connection);
  const ability: AbilityShapes[Name] | No = abilities[name];
  if (isReason(ability)) throw cannot(connection, ability);
  return ability;
}

function isReason(ability: unknown): ability is No {
  return typeof ability === 'object';
}

/** The vendor's reason as a fault. */
export function cannot(connection: string, { no }: No): FaultError {
  return fault('denied', no, 'subdeck vendors shows what each vendor can do.', { connection });
}
