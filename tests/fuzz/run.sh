#!/usr/bin/env bash
# tests/fuzz/run.sh [SECONDS]: fuzz every reader for a while, from the good files of the
# test data, from seeds/, and from what was found before. New findings stay in
# <instrumented build>/fuzz/<format>.
set -euo pipefail
source_dir=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-15}
data=${TROUPE_TEST_DATA:-$source_dir/../shared/data}
. "$source_dir/tests/sanitizers/build.sh"
build_instrumented "$source_dir" fuzzers

# The small good files are seeds: whoever is no such format is dropped by the fuzzer.
seeds=$instrumented/seeds
rm -rf "$seeds"
mkdir -p "$seeds"
if [ -d "$data" ]; then
  n=0
  while IFS= read -r -d '' file; do
    n=$((n + 1))
    cp "$file" "$seeds/$n-$(basename "$file")"
  done < <(find "$data" -path "$data/bad" -prune -o -type f -size -48k \
             -regextype posix-extended -iregex '.*\.(tiff?|tf8|png|jpe?g|jp2|j2k|bmp|webp|xml|ome)$' -print0)
else
  echo "no test data at $data: fuzzing from few seeds"
fi

# fuzz PROGRAM: prints one line, and the log of a finding.
fuzz() {
  local name work
  name=$(basename "$1")
  work=$instrumented/fuzz/$name
  mkdir -p "$work/corpus"
  if "$1" "$work/corpus" "$seeds" "$source_dir"/tests/fuzz/{seeds,found} \
       -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=1500 -max_len=65536 \
       -artifact_prefix="$work/" -print_final_stats=1 >"$work/log" 2>&1; then
    echo "$name: $(sed -n 's/^stat::number_of_executed_units: *//p' "$work/log") inputs, no finding"
  else
    echo "$name: FINDING"
    tail -60 "$work/log"
    return 1
  fi
}
export -f fuzz
export seconds instrumented seeds source_dir

# Where the child that reads a stranger's file has no memory left, malloc says so.
ASAN_OPTIONS+=:max_allocation_size_mb=1400

# What is shown to the readers lies in memory.
TMPDIR=$(mktemp -d /dev/shm/troupe-fuzz-XXXXXX)
export TMPDIR
trap 'rm -rf "$TMPDIR"' EXIT
find "$instrumented/tests/fuzz" -maxdepth 1 -type f -name 'fuzz_*' -executable -print0 \
  | sort -z | xargs -0 -n1 -P"$(nproc)" bash -c 'fuzz "$1"' fuzz
