#!/usr/bin/env bash
# Old words that are left in src, test, docs and bench. What is printed is to be looked at; README.md says what may stay.
cd "$1" || exit 1
words='wish|wishes|wished|door|doors|front|world|book|books|acts|floats|keeper|keepers|weather|telling|gram|grams|noun|nouns|young|doubt|doubts|triage|house|desk|den|floor|floors|staircase|catchUp|cockpit|Reach|board|boards|licence|licences'
git grep -nIwE "$words" -- src test docs bench README.md build.js package.json vitest.config.ts biome.json ':!docs/pictures/*.svg' ':!docs/commands.md' ':!docs/vendors.md' ':!docs/faults.md' ':!test/compatibility' \
 | grep -vE "[Ll]icence keys?|Math\.floor|licence plan|SQL|FROM young|INTO young|UPDATE subscription SET noun" | cut -c1-200
echo '--- identifiers with an old word inside'
git grep -nIoE "\b[A-Za-z]*(Wish|Door|Keeper|Gram|Noun|Triage|Desk|Licence|Cockpit|Book|Weather|Reach|Acts|catchUp|CatchUp|Float[A-Z])[A-Za-z]*\b|\b(wish|door|keeper|gram|noun|triage|desk|licence|book|weather)[A-Z][A-Za-z]*\b" -- src test bench docs/*.ts docs/pages | sort -t: -k3 | awk -F: '{print $3" "$1}' | sort | uniq -c | sort -rn | grep -vE " (CloudCockpit|asFloats|Program)" | head -80
