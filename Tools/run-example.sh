#!/bin/sh
# run-example.sh WASMC - compiles Examples/wordfreq.wat, runs it on this project's README, and says what it cost.
set -eu

wasmc=$1
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT INT TERM
program=$directory/wordfreq

# now: milliseconds.
now() { echo $(($(date +%s%N) / 1000000)); }

start=$(now)
"$wasmc" build Examples/wordfreq.wat -o "$program" --dir .::/::ro
compiled=$(now)
echo "\$ wordfreq README.md 5"
"$program" README.md 5
finished=$(now)

echo
echo "size of the executable: $(stat -c %s "$program") bytes"
echo "compile time:           $((compiled - start)) ms"
echo "run time:               $((finished - compiled)) ms"
echo
"$wasmc" inspect "$program"
