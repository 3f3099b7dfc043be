#!/usr/bin/env bash
# tests/bench/run.sh: builds, measures the engine, then serves the specimens from a fresh
# folder and measures the server.
set -euo pipefail
source_dir=$(cd "$(dirname "$0")/../.." && pwd)
build=${TROUPE_BUILD:-$source_dir/build}
unset TROUPE_BUILD
[ -f "$build/build.ninja" ] || cmake -S "$source_dir" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
ninja -C "$build" troupe specimens bench bench_engine bench_derive
"$build/tests/bench_engine" --benchmark_repetitions=10 --benchmark_enable_random_interleaving=true \
  --benchmark_display_aggregates_only=true
. "$source_dir/tests/support/scratch_server.sh"
scratch_server "$build"
"$build/specimens" "$scratch/specimens" >/dev/null
"$build/troupe" import --server "$url" --login root --password-file "$scratch/password" --dataset Bench "$scratch/specimens"
"$build/tests/bench" "$url" root "$scratch/password"
"$build/tests/bench_derive"
