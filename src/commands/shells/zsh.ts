import { type Offers, patterns, quoted, type ShellTable } from './shell-table.ts';

/** For zsh, as a file `_subdeck` in `fpath`, or sourced after `compinit`. */
export function zshScript({ commands, valueFlags, lines }: ShellTable): string {
  const cases = [...lines].map(([place, offers]) => `    ${quoted(place)}) offers=(${described(offers)}) ;;`);
  return `#compdef subdeck
# subdeck completion for zsh
_subdeck_offers() {
  offers=()
  case "$1" in
${cases.join('\n')}
    *) return 1 ;;
  esac
}
_subdeck_command() {
  case "$1" in
    ${patterns(commands, '|')}) return 0 ;;
  esac
  return 1
}
_subdeck_add() {
  local offer
  local -a plain open found
  for offer in "\${offers[@]}"; do
    case "$offer" in
      @file) _files ;;
      @*)
        found=("\${(@f)$("\${words[1]}" completion values "\${\${offer#@}%%:*}" -- "\${(Q)PREFIX}" "$first" 2>/dev/null)}")
        found=("\${(@)found:#}")
        compadd -- "\${(@)found:#*[=:/]}"
        compadd -S '' -- "\${(@M)found:#*[=:/]}"
        ;;
      *=|*=:*|*\\\\:|*\\\\::*|*/|*/:*) open+=("$offer") ;;
      *) plain+=("$offer") ;;
    esac
  done
  (( $#plain )) && _describe 'subdeck' plain
  (( $#open )) && _describe 'subdeck' open -S ''
}
_subdeck() {
  local line='' flag='' first='' word at=0
  local -a offers
  for word in "\${(@)words[2,CURRENT-1]}"; do
    if [[ -n "$flag" ]]; then flag=''; continue; fi
    case "\${(Q)word}" in
      ${patterns(valueFlags, '|')}) flag="$word" ;;
      -*) ;;
      *) if (( at == 0 )) && _subdeck_command "\${line:+$line }$word"; then line="\${line:+$line }$word"; else (( at += 1 )); first="\${first:-\${(Q)word}}"; fi ;;
    esac
  done
  if [[ -z "$flag" && "$PREFIX" == --*=* ]]; then
    flag="\${PREFIX%%=*}"
    compset -P '*='
  fi
  if [[ -n "$flag" ]]; then _subdeck_offers "$line $flag" && _subdeck_add; return; fi
  if [[ "$PREFIX" == -* ]]; then _subdeck_offers "$line --" && _subdeck_add; return; fi
  if (( at == 0 )); then _subdeck_offers "$line" && _subdeck_add; fi
  { _subdeck_offers "$line #$(( at + 1 ))" || _subdeck_offers "$line #*" } && _subdeck_add
}
if [[ "\${funcstack[1]}" == _subdeck ]]; then
  _subdeck "$@"
else
  compdef _subdeck subdeck
fi
`;
}

function described(offers: Offers): string {
  return offers
    .map(({ word, help }) => quoted(`${word.replaceAll(':', '\\:')}${help === '' ? '' : `:${help}`}`))
    .join(' ');
}
