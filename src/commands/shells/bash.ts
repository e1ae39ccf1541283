import { patterns, quoted, type ShellTable } from './shell-table.ts';

/**
 * For bash from 3.2 on, which macOS has: no `mapfile`, no `compopt`. bash splits words at `=` and `:`, and replaces only what stands behind them. Words are offered with the
 * space that follows them, so that one ending in `=`, `:` or `/` can be typed on.
 */
export function bashScript({ commands, valueFlags, lines }: ShellTable): string {
  const cases = [...lines].map(
    ([place, offers]) => `    ${quoted(place)}) printf '%s\\n' ${offers.map(({ word }) => quoted(word)).join(' ')} ;;`,
  );
  return `# subdeck completion for bash
_subdeck() {
  local current='' line='' flag='' pair='' colon='' first='' open='' word quoted at=0 last=1 i
  local offers=() given=()
  given[0]="\${COMP_WORDS[0]}"
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word="\${COMP_WORDS[i]}"
    if [ "$last" -gt 1 ] && [ "$word" = ':' ]; then
      given[last-1]="\${given[last-1]}:" open=1
    elif [ -n "$open" ] && [ -n "$word" ] && [ "$word" != '=' ]; then
      given[last-1]="\${given[last-1]}$word" open=''
    else
      given[last]="$word" last=$((last + 1)) open=''
    fi
  done
  current="\${given[last-1]}"
  case "\${COMP_WORDBREAKS-}" in *:*) case "$current" in *:*) colon="\${current%:*}:" ;; esac ;; esac
  if [ "$current" = '=' ]; then
    current='' pair="\${given[last-2]}="
  elif [ "\${given[last-2]}" = '=' ]; then
    pair="\${given[last-3]}="
  fi
  for ((i = 1; i < last - 1; i++)); do
    word="\${given[i]}"
    [ "$word" = '=' ] && continue
    if [ -n "$flag" ]; then flag=''; continue; fi
    case "$word" in
      ${patterns(valueFlags, '|')}) flag="$word" ;;
      -*) ;;
      *)
        if [ "$at" -eq 0 ] && _subdeck_command "\${line:+$line }$word"; then line="\${line:+$line }$word"; else at=$((at + 1)) first="\${first:-$word}"; fi
        ;;
    esac
  done
  case "$pair" in
    -*) pair='' ;;
    ?*) at=$((at - 1)) ;;
  esac
  while IFS= read -r word; do
    case "$word" in
      @file) while IFS= read -r word; do offers+=("$word"); done < <(compgen -f -- "$current") ;;
      @*) while IFS= read -r word; do offers+=("$word"); done < <("\${COMP_WORDS[0]}" completion values "\${word#@}" -- "$current" "$first" 2>/dev/null) ;;
      ?*) offers+=("$word") ;;
    esac
  done < <(_subdeck_here)
  COMPREPLY=()
  for word in \${offers[@]+"\${offers[@]}"}; do
    case "$word" in "$pair$current"*) word="\${word#"$pair"}" word="\${word#"$colon"}" ;; *) continue ;; esac
    quoted="$(printf '%q' "$word")"
    [ -d "$word" ] && [ "\${word%/}" = "$word" ] && quoted="$quoted/"
    case "$quoted" in *[=:/]) ;; *) quoted="$quoted " ;; esac
    COMPREPLY+=("$quoted")
  done
}
_subdeck_here() {
  if [ -n "$flag" ]; then _subdeck_offers "$line $flag"; return; fi
  case "$current" in -*) _subdeck_offers "$line --"; return ;; esac
  [ "$at" -eq 0 ] && _subdeck_offers "$line"
  _subdeck_offers "$line #$((at + 1))" || _subdeck_offers "$line #*"
}
_subdeck_command() {
  case "$1" in
    ${patterns(commands, '|')}) return 0 ;;
  esac
  return 1
}
_subdeck_offers() {
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
complete -o nospace -F _subdeck subdeck
`;
}
