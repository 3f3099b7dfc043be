#!/usr/bin/env bash
# tests/bench/ui/run.sh BUILD: a fresh server with the specimens, a stack of 2048 x 2048 x 3
# channels, 100,000 images in one dataset, 1,000,000 regions on one image and a plate of 1536
# wells, made in minutes; then what people wait for in Chromium, as a table beside the budgets.
#   TROUPE_BENCH_TIMES  how often each is measured (9)
#   TROUPE_BENCH_ONLY   some of login,plane,slide,z,contrast,grid,shapes,search,plate
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build=$(cd "$1" && pwd)
times=${TROUPE_BENCH_TIMES:-9} only=${TROUPE_BENCH_ONLY:-}
unset TROUPE_BENCH_TIMES TROUPE_BENCH_ONLY # the server knows every setting of its own
dist=$(sed -n 's/^TROUPE_UI_DIST:[A-Z]*=//p' "$build/CMakeCache.txt")
. "$here/../../support/scratch_server.sh"
scratch_server "$build"
import() { # dataset, paths...
  local dataset=$1
  shift
  "$build/troupe" import --server "$url" --login root --password-file "$scratch/password" \
    --project Bench --dataset "$dataset" "$@" >/dev/null
}
"$build/specimens" "$scratch/specimens" >/dev/null
import Histology "$scratch/specimens/histology"
import "Single planes" "$scratch/specimens/planes"
node "$here/stack.mjs" "$scratch/stack.ome.tif"
import Bench "$scratch/stack.ome.tif"
rm "$scratch/stack.ome.tif"
psql "postgresql:///troupe?host=$scratch/data/run&port=5432&user=troupe" -v ON_ERROR_STOP=1 -qXAt \
  -v rows=100000 -v shapes=1000000 -f "$here/rows.sql"
export TROUPE_URL=$url TROUPE_LOGIN=root TROUPE_BENCH_TIMES=$times TROUPE_BENCH_ONLY=$only
TROUPE_PASSWORD=$(cat "$scratch/password") node "$here/budgets.mjs" "${dist:-$build/page}"
