#!/usr/bin/env bash
# tests/bench/run.sh: builds, serves the specimens from a fresh folder, measures.
set -euo pipefail
source_dir=$(cd "$(dirname "$0")/../.." && pwd)
build=${TROUPE_BUILD:-$source_dir/build}
unset TROUPE_BUILD
[ -f "$build/build.ninja" ] || cmake -S "$source_dir" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
ninja -C "$build" troupe specimens bench
. "$source_dir/tests/support/scratch_server.sh"
scratch_server "$build"
"$build/specimens" "$scratch/specimens" >/dev/null
"$build/troupe" import --server "$url" --login root --password-file "$scratch/password" --dataset Bench "$scratch/specimens"
"$build/tests/bench" "$url" root "$scratch/password"
