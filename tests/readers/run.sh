#!/usr/bin/env bash
# tests/readers/run.sh BUILD: a fresh server with small specimens, read by the programs
# that the open faces are for.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../support/scratch_server.sh"
scratch_server "$1"
"$1/specimens" "$scratch/specimens" --small >/dev/null
"$1/troupe" import --server "$url" --login root --password-file "$scratch/password" \
  --project Specimens --dataset Readers "$scratch/specimens"
export TROUPE_URL=$url TROUPE_LOGIN=root TROUPE_PASSWORD
TROUPE_PASSWORD=$(cat "$scratch/password")
node --test "$here"
# Debian's Python has Debian's zarr and tifffile.
for reader in zarr_plate ome_tiff; do
  PYTHONPATH=$here/../../examples/python /usr/bin/python3 -B "$here/$reader.py"
done
