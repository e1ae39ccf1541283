import type { ArgumentSpec, Command, Completion, FlagSpec } from './command.ts';
import { launchModes } from './launch-modes.ts';
import type { VendorKind } from './setup.ts';
import { bashScript } from './shells/bash.ts';
import { fishScript } from './shells/fish.ts';
import type { Offers, ShellTable } from './shells/shell-table.ts';
import { zshScript } from './shells/zsh.ts';
import { everywhere, flagsOf } from './standard-flags.ts';

const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;
export type Shell = keyof typeof scripts;
export const shells = Object.keys(scripts) as readonly Shell[];

/** A script that completes commands, flags and values. Only connections and REFs are asked for when Tab is pressed. */
export function completionScript(shell: Shell, commands: readonly Command[], vendors: readonly VendorKind[]): string {
  return scripts[shell](tableOf(commands, vendors));
}

interface Known {
  readonly id: string;
  readonly summary: string;
  readonly args: readonly ArgumentSpec[];
  readonly flags: readonly FlagSpec[];
}

function tableOf(commands: readonly Command[], vendors: readonly VendorKind[]): ShellTable {
  const known: readonly Known[] = [
    ...commands.flatMap(({ id, summary, words }) =>
      words ? [{ id, summary, args: words.args, flags: flagsOf(words) }] : [],
    ),
    ...launchModes.map(({ words, summary, flags }) => ({
      id: words,
      summary,
      args: [],
      flags: [...flags, ...everywhere],
    })),
  ];
  const lines = new Map<string, Offers[number][]>();
  const offersOf = (completes: Completion) => offered(completes, vendors);
  for (const { id, summary, args, flags } of known) {
    const parts = id.split(' ').filter((part) => part !== '');
    for (const [at, word] of parts.entries()) {
      const before = parts.slice(0, at).join(' ');
      const offers = lines.get(before) ?? [];
      lines.set(before, offers);
      const isLast = at === parts.length - 1;
      if (!offers.some((offer) => offer.word === word)) offers.push({ word, help: isLast ? summary : `${word} …` });
    }
    lines.set(
      `${id} --`,
      flags.map((flag) => ({ word: `--${flag.name}`, help: flag.help })),
    );
    for (const flag of flags) {
      const completes = flag.completes ?? flag.choices;
      if (completes !== undefined) lines.set(`${id} --${flag.name}`, [...offersOf(completes)]);
    }
    for (const [at, { completes, rest }] of args.entries()) {
      if (completes !== undefined) lines.set(`${id} #${rest ? '*' : at + 1}`, [...offersOf(completes)]);
    }
  }
  const withValue = known.flatMap(({ flags }) => flags.filter(({ value }) => value !== undefined));
  return {
    commands: [...new Set(known.flatMap(({ id }) => beginningsOf(id)))],
    valueFlags: [...new Set(withValue.map(({ name }) => `--${name}`))],
    lines,
  };
}

function beginningsOf(id: string): readonly string[] {
  const parts = id.split(' ').filter((part) => part !== '');
  return parts.map((_, at) => parts.slice(0, at + 1).join(' '));
}

function offered(completes: Completion, vendors: readonly VendorKind[]): Offers {
  switch (completes) {
    case 'vendor':
      return vendors.map(({ id, title }) => ({ word: id, help: title }));
    case 'setting':
      return settingsOf(vendors);
    case 'connection':
    case 'connection-setting':
    case 'ref':
    case 'filter':
    case 'file':
      return [{ word: `@${completes}`, help: '' }];
    default:
      return completes.map((word) => ({ word, help: '' }));
  }
}

/** Settings that are no secrets, which are never arguments. */
function settingsOf(vendors: readonly VendorKind[]): Offers {
  const all = vendors.flatMap(({ declarations }) => declarations.filter(({ secret }) => !secret));
  return [...new Map(all.map(({ name, help }) => [name, help]))].map(([name, help]) => ({ word: `${name}=`, help }));
}
