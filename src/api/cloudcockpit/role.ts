import { fault } from '../../model/fault.ts';
import { shellWord } from '../../model/shell-word.ts';

/** Who the API access belongs to; it decides what may be listed. */
export type Role =
  | { readonly kind: 'csp' }
  | { readonly kind: 'reseller' }
  | { readonly kind: 'customer'; readonly customerId: string };

/** The role in a connection's settings; a CSP where they name none. Throws a `usage` fault for a customer without its id. */
export function roleOf({ role, customerId }: Readonly<Record<string, string>>, connection: string): Role {
  if (role === 'customer') {
    if (customerId) return { kind: 'customer', customerId };
    throw fault(
      'usage',
      'The role customer needs the setting customerId.',
      `Run \`subdeck connection set ${shellWord(connection)} customerId=…\`.`,
      { connection },
    );
  }
  return { kind: role === 'reseller' ? 'reseller' : 'csp' };
}
