#!/usr/bin/env bash
# tests/python/run.sh BUILD: a fresh server with small specimens, then the tests of our own
# client and of OMERO scripts.
set -euo pipefail
source_dir=$(cd "$(dirname "$0")/../.." && pwd)
for python in python3 /usr/bin/python3; do
  "$python" -c 'import numpy' 2>/dev/null && break
done
. "$source_dir/tests/support/scratch_server.sh"
scratch_server "$1"
"$1/specimens" "$scratch/specimens" --small >/dev/null
for folder in fluorescence histology planes; do
  "$1/troupe" import --server "$url" --login root --password-file "$scratch/password" \
    --project Specimens --dataset "$folder" "$scratch/specimens/$folder" >/dev/null
done
for test in troupe_test omero_test; do
  TROUPE_URL=$url TROUPE_LOGIN=root TROUPE_PASSWORD=$(cat "$scratch/password") \
    SPECIMENS=$scratch/specimens "$python" -B -W error::ResourceWarning "$source_dir/examples/python/$test.py"
done
