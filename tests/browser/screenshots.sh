#!/usr/bin/env bash
# tests/browser/screenshots.sh [SCREEN...]: pictures of every screen of the page (or of those
# named) with the demo's specimens, in BUILD/screenshots, which is not committed. The name
# "readme" makes the four in examples/ that the README shows.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=${TROUPE_BUILD:-$here/../../build}
unset TROUPE_BUILD
. "$here/../support/scratch_server.sh"
scratch_server "$build"
"$build/specimens" "$scratch/specimens" >/dev/null
for pair in fluorescence:Fluorescence histology:Histology "planes:Single planes"; do
  "$build/troupe" import --server "$url" --login root --password-file "$scratch/password" \
    --project Specimens --dataset "${pair#*:}" "$scratch/specimens/${pair%%:*}" >/dev/null
done
folder=$build/screenshots
[ "$*" = readme ] && folder=$here/../../examples
TROUPE_URL=$url TROUPE_LOGIN=root TROUPE_PASSWORD=$(cat "$scratch/password") \
  node "$here/screenshots.mjs" "$folder" "$@"
echo "in $folder"
