import type { Command, FlagSpec } from './command.ts';
import { launchModes } from './launch-modes.ts';
import { everywhere, flagsOf } from './standard-flags.ts';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** A script that completes commands and flags. It holds them all, so completing starts no process. */
export function completionScript(shell: Shell, commands: readonly Command[]): string {
  const lines = linesOf(commands);
  return { bash, zsh, fish }[shell](lines);
}

/** For each beginning of a command: the possible next words, with their meaning. */
interface Line {
  readonly before: string;
  readonly next: readonly { readonly word: string; readonly help: string }[];
}

function linesOf(commands: readonly Command[]): readonly Line[] {
  const known = [
    ...commands.flatMap(({ id, summary, words }) => (words ? [{ id, summary, flags: flagsOf(words) }] : [])),
    ...launchModes.flatMap(({ words, summary, flags }) =>
      words ? [{ id: words, summary, flags: [...flags, ...everywhere] }] : [],
    ),
  ];
  const next = new Map<string, Map<string, string>>();
  const add = (before: string, word: string, help: string) => {
    const words = next.get(before) ?? new Map<string, string>();
    if (!words.has(word)) words.set(word, help);
    next.set(before, words);
  };
  for (const { id, summary, flags } of known) {
    const parts = id.split(' ');
    for (const [at, part] of parts.entries()) {
      add(parts.slice(0, at).join(' '), part, at === parts.length - 1 ? summary : `${part} …`);
    }
    for (const flag of flags) add(id, dashed(flag), flag.help);
  }
  return [...next].map(([before, words]) => ({ before, next: [...words].map(([word, help]) => ({ word, help })) }));
}

const shared = new Set(everywhere.map(dashed));

function dashed({ name }: FlagSpec): string {
  return `--${name}`;
}

function bash(lines: readonly Line[]): string {
  const cases = lines.map(
    ({ before, next }) => `    ${quoted(before)}) words=${quoted(next.map(({ word }) => word).join(' '))} ;;`,
  );
  return `# subdeck completion for bash
_subdeck() {
  local current="\${COMP_WORDS[COMP_CWORD]}" line='' words='' word
  for word in "\${COMP_WORDS[@]:1:COMP_CWORD-1}"; do
    case "$word" in -*) ;; *) _subdeck_next "\${line:+$line }$word" >/dev/null && line="\${line:+$line }$word" ;; esac
  done
  words="$(_subdeck_next "$line")"
  mapfile -t COMPREPLY < <(compgen -W "$words" -- "$current")
}
_subdeck_next() {
  local words=''
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
  printf '%s' "$words"
}
complete -o default -F _subdeck subdeck
`;
}

function zsh(lines: readonly Line[]): string {
  const cases = lines.map(({ before, next }) => {
    const words = next.map(({ word, help }) => quoted(`${word.replaceAll(':', '\\:')}:${help}`));
    return `    ${quoted(before)}) next=(${words.join(' ')}) ;;`;
  });
  return `#compdef subdeck
# subdeck completion for zsh
_subdeck_next() {
  next=()
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
_subdeck() {
  local line='' word
  local -a next
  for word in "\${(@)words[2,CURRENT-1]}"; do
    [[ "$word" == -* ]] || { _subdeck_next "\${line:+$line }$word" && line="\${line:+$line }$word" }
  done
  _subdeck_next "$line"
  _describe 'subdeck' next || _files
}
compdef _subdeck subdeck
`;
}

function fish(lines: readonly Line[]): string {
  const all = lines.flatMap(({ before, next }) =>
    next
      .filter(({ word }) => !shared.has(word))
      .map(({ word, help }) => {
        const what = word.startsWith('--') ? `-l ${word.slice(2)}` : `-f -a ${word}`;
        return `complete -c subdeck -n "_subdeck_at '${before}'" ${what} -d ${quoted(help)}`;
      }),
  );
  all.push(...everywhere.map(({ name, help }) => `complete -c subdeck -l ${name} -d ${quoted(help)}`));
  return `# subdeck completion for fish
function _subdeck_at
    set -l words (commandline -opc)
    set -l plain
    for word in $words[2..-1]
        string match -q -- '-*' $word; or set plain $plain $word
    end
    test "$argv[1]" = ''; and begin
        test (count $plain) -eq 0
        return
    end
    set -l wanted (string split ' ' -- $argv[1])
    test "$plain[1..$(count $wanted)]" = "$argv[1]"
end
${all.join('\n')}
`;
}

/** Single quotes in the form that all three shells read. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", `'"'"'`)}'`;
}
