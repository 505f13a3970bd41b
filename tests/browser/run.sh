#!/bin/sh
# Publishes the sample and its hostile copy, and lets a browser and validators loose on them.
#   run.sh PROGRAM FOLDER    FOLDER is written anew; FOLDER/looks holds pictures for people
set -eu
program=$(realpath "$1")
mkdir -p "$2"
folder=$(realpath "$2")
cd "$(dirname "$0")"

skip() {
    echo "Skipped: $1. \"./dev browser\" installs it." >&2
    exit 77
}
[ -x /usr/bin/chromium ] || skip "/usr/bin/chromium is not here"
command -v node >/dev/null || skip "node is not here"
command -v java >/dev/null || skip "java, which vnu runs on, is not here"
command -v xmllint >/dev/null || skip "xmllint is not here"
[ -d node_modules ] || skip "tests/browser/node_modules is not here"

export SOURCE_DATE_EPOCH=1793836800 # 5 November 2026: the sample does not age
node hostile.mjs "$program" "$folder"
export BAROMETRE_BROWSER="$folder"
exec node --test
