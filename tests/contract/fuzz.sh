#!/usr/bin/env bash
# tests/contract/fuzz.sh BUILD [SECONDS [SEED]]: a fresh server, and hostile requests for
# all it answers.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../support/scratch_server.sh"
scratch_server "$1"
node "$here/fuzz.mjs" "$url" "$(cat "$scratch/password")" "${@:2}" && exit
grep -h '"level":"\(error\|critical\)"\|\[error\]' "$scratch/log" | tail -20 >&2 # the server's side of it
exit 1
