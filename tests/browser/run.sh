#!/usr/bin/env bash
# tests/browser/run.sh BUILD: a fresh server with small specimens, then the browser's tests.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../support/scratch_server.sh"
scratch_server "$1"
"$1/specimens" "$scratch/specimens" --small >/dev/null
"$1/troupe" import --server "$url" --login root --password-file "$scratch/password" \
  --project Specimens --dataset Fluorescence "$scratch/specimens/fluorescence"
"$1/troupe" import --server "$url" --login root --password-file "$scratch/password" \
  --project Specimens --dataset Histology "$scratch/specimens/histology"
"$1/troupe" import --server "$url" --login root --password-file "$scratch/password" \
  --project Specimens --dataset "Single planes" "$scratch/specimens/planes"
TROUPE_URL=$url TROUPE_LOGIN=root TROUPE_PASSWORD=$(cat "$scratch/password") node --test "$here"
