import { patterns, quoted, type ShellTable } from './shell-table.ts';

/** For fish: one entry whose function gives every offer, so that none comes twice. */
export function fishScript({ commands, valueFlags, lines }: ShellTable): string {
  const cases = [...lines].map(([place, offers]) => {
    const words = offers.map(({ word, help }) => (help === '' ? quoted(word) : `${quoted(word)}\\t${quoted(help)}`));
    return `        case ${pattern(place)}\n            printf '%s\\n' ${words.join(' ')}`;
  });
  return `# subdeck completion for fish
function _subdeck_command
    contains -- "$argv[1]" ${patterns(commands, ' ')}
end
function _subdeck_offers
    switch "$argv[1]"
${cases.join('\n')}
        case '*'
            return 1
    end
end
function _subdeck_here
    set -l current (commandline -ct)
    set -l tokens (commandline -opc)
    set -l line ''
    set -l flag ''
    set -l at 0
    set -l first ''
    for word in $tokens[2..-1]
        if test -n "$flag"
            set flag ''
        else if contains -- "$word" ${patterns(valueFlags, ' ')}
            set flag $word
        else if string match -q -- '-*' $word
        else if test $at -eq 0; and _subdeck_command (string trim -- "$line $word")
            set line (string trim -- "$line $word")
        else
            set at (math $at + 1)
            test -n "$first"; or set first $word
        end
    end
    if test -n "$flag"
        _subdeck_offers "$line $flag"
    else if string match -q -- '--*=*' $current
        set -l parts (string split -m 1 = -- $current)
        for offer in (_subdeck_offers "$line $parts[1]")
            if string match -q -- '@*' $offer
                _subdeck_values $tokens[1] $offer $parts[2] "$first" | string replace -r -- '^' "$parts[1]="
            else
                echo "$parts[1]=$offer"
            end
        end
    else if string match -q -- '-*' $current
        _subdeck_offers "$line --"
    else
        test $at -eq 0; and _subdeck_offers "$line"
        for offer in (_subdeck_offers "$line #"(math $at + 1); or _subdeck_offers "$line #*")
            if string match -q -- '@connection-*' $offer
                _subdeck_values $tokens[1] $offer "$current" "$first"
            else
                echo $offer
            end
        end
    end
end
function _subdeck_values
    if test "$argv[2]" = @file
        __fish_complete_path $argv[3]
    else
        $argv[1] completion values (string sub -s 2 -- $argv[2]) -- "$argv[3]" "$argv[4]" 2>/dev/null
    end
end
function _subdeck
    set -l current (commandline -ct)
    set -l tokens (commandline -opc)
    for offer in (_subdeck_here)
        if string match -q -- '@*' $offer
            _subdeck_values $tokens[1] $offer $current
        else
            echo $offer
        end
    end
end
complete -c subdeck -f -a '(_subdeck)'
`;
}

/** `*` at the end of a place is no wildcard. */
function pattern(place: string): string {
  return quoted(place.replaceAll('*', '\\*'));
}
