import type { SettingDeclaration } from './settings.ts';

/** Where a person finds the value of a setting or secret, as a sentence; null where nobody has to look it up. */
function sourceSentence({ foundAt }: Pick<SettingDeclaration, 'foundAt'>): string | null {
  return foundAt === 'not documented' ? "The vendor's public documents do not say where to find it." : foundAt;
}

/** What a setting or secret is and where it is found, for whoever is asked for it. */
export function askingSentences({ help, foundAt }: Pick<SettingDeclaration, 'help' | 'foundAt'>): string {
  return [help, sourceSentence({ foundAt })].filter((part) => part !== null).join(' ');
}
