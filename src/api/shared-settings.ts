import type { SettingDeclaration } from '../model/settings.ts';

/** What every vendor takes beside its own (contract §5). */
export const sharedSettings = [
  {
    name: 'title',
    help: 'What lists and screens call this connection; its name where absent.',
    required: false,
    secret: false,
    foundAt: null,
    kind: 'text',
  },
  {
    name: 'accessToken',
    help: 'A bearer token obtained elsewhere, in place of the other secrets; used as it is, never renewed.',
    required: false,
    secret: true,
    foundAt: null,
    kind: 'text',
  },
] as const satisfies readonly SettingDeclaration[];
