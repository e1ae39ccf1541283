import { askingSentences } from '../model/setting-source.ts';
import type { SettingDeclaration } from '../model/settings.ts';
import type { HelpTopic } from './command.ts';
import { helpEntry } from './help-entry.ts';
import type { VendorKind } from './setup.ts';

/** What a connection to each vendor takes, from the vendor's declaration. */
export function vendorTopics(vendors: readonly VendorKind[]): readonly HelpTopic[] {
  return vendors.map(({ id, title, declarations }) => ({
    word: id,
    summary: title,
    lines() {
      const of = (wanted: (declaration: SettingDeclaration) => boolean) => declarations.filter(wanted).map(settingLine);
      const [secrets, choices] = [of(({ secret }) => secret), of(({ kind }) => kind === 'assumption')];
      return [
        `Settings of a connection to ${title}, as key=value`,
        ...of(({ secret, kind }) => !secret && kind !== 'assumption'),
        '',
        'Secrets, with --secrets-stdin as one JSON object, or one by one when you are asked',
        ...secrets,
        ...(choices.length === 0
          ? []
          : ['', 'Assumptions where its documents are unclear; see connection probe', ...choices]),
      ];
    },
  }));
}

function settingLine(declaration: SettingDeclaration): string {
  const { name, required, choices, when, default: usual } = declaration;
  const more = [
    choices === undefined ? null : `One of ${choices.join(', ')}.`,
    usual === undefined ? null : `Default: ${usual}.`,
    when === undefined ? null : `Only with ${when.setting}=${when.is}.`,
    required || usual !== undefined ? null : 'Optional.',
  ];
  return helpEntry(name, [askingSentences(declaration), ...more.filter((part) => part !== null)].join(' '));
}
