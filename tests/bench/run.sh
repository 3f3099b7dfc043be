#!/usr/bin/env bash
# tests/bench/run.sh [FILE]: builds, measures the engine, then a server with the specimens
# and, where they are, with real slides; prints tables and a line for every goal. With
# FILE, what was printed is kept there for report.sh.
#   TROUPE_TEST_DATA    has histology/he_mosaic_8880x8901_jpeg_pyramid.ome.tif
#   TROUPE_BENCH_SLIDE  a large slide of JPEG tiles, such as 50,000 x 50,000
set -euo pipefail
source_dir=$(cd "$(dirname "$0")/../.." && pwd)
if [ $# -gt 0 ]; then
  "$0" | tee "$1"
  exit
fi
build=${TROUPE_BUILD:-$source_dir/build}
data=${TROUPE_TEST_DATA:-$source_dir/../shared/data}
large=${TROUPE_BENCH_SLIDE:-}
unset TROUPE_BUILD TROUPE_TEST_DATA TROUPE_BENCH_SLIDE
[ -f "$build/build.ninja" ] || cmake -S "$source_dir" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release >/dev/null
ninja -C "$build" troupe specimens bench bench_engine bench_derive big_tiff >/dev/null

echo "# engine"
"$build/tests/bench_engine" --benchmark_repetitions=20 --benchmark_min_time=0.05 \
  --benchmark_enable_random_interleaving=true
"$build/tests/bench_derive"

. "$source_dir/tests/support/scratch_server.sh"
scratch_server "$build"
import() { # dataset, paths...
  local dataset=$1
  shift
  "$build/troupe" import --server "$url" --login root --password-file "$scratch/password" --dataset "$dataset" "$@" >/dev/null
}

echo "# requests"
"$build/specimens" "$scratch/specimens" >/dev/null
import Bench "$scratch/specimens"
mkdir "$scratch/many"
for n in $(seq 200); do # what follows a PNG's end makes another file, not another picture
  { cat "$scratch/specimens/planes/nuclei.png"; echo "$n"; } >"$scratch/many/nuclei $n.png"
done
import Many "$scratch/many"
make() { curl -fs -o "$scratch/answer" "$url/api/v1/$1" -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$2"; }
token=$(curl -fs "$url/api/v1/session" -H 'Content-Type: application/json' \
  -d "{\"login\":\"root\",\"password\":\"$(cat "$scratch/password")\"}" | sed 's/.*"token":"\([^"]*\)".*/\1/')
for n in $(seq 200); do
  make projects "{\"name\":\"project $n\"}"
  make datasets "{\"name\":\"dataset $n\"}"
done
"$build/tests/bench" "$url" root "$scratch/password"

for slide in "$data/histology/he_mosaic_8880x8901_jpeg_pyramid.ome.tif" "$large"; do
  [ -f "$slide" ] || continue
  echo "# slide $(basename "$slide")"
  import Slides "$slide"
  "$build/tests/bench" "$url" root "$scratch/password" newest-slide
done

echo "# import of 1 GiB"
"$build/tests/big_tiff" "$scratch/big.tif" 128
# The least of three times, in ms; what others left to write is on disk before each.
time_of() {
  local least=999999 before took
  for _ in 1 2 3; do
    sync
    before=$(date +%s%N)
    "$@" >/dev/null
    took=$((($(date +%s%N) - before) / 1000000))
    [ $took -lt $least ] && least=$took
  done
  echo $least
}
copied() { cp "$scratch/big.tif" "$scratch/copy.tif" && sha256sum "$scratch/copy.tif"; }
kept() { cp "$scratch/big.tif" "$scratch/copy.tif" && sync "$scratch/copy.tif" && sha256sum "$scratch/copy.tif"; }
copying=$(time_of copied)
keeping=$(time_of kept)
importing=$(time_of import Big "$scratch/big.tif")
awk -v a="$importing" -v b="$copying" -v c="$keeping" 'BEGIN {
  printf "import, on disk when it answers %.2f s, cp + sha256sum %.2f s, with sync %.2f s\n", a / 1000, b / 1000, c / 1000
  printf "GOAL\timport of a 1 GB TIFF, vs cp + sha256sum\t%.3g x\t<= 1.3 x\t%s\n", a / b, a / b <= 1.3 ? "yes" : "no"
  printf "GOAL\tthe same, vs cp + sync + sha256sum\t%.3g x\t<= 1.3 x\t%s\n", a / c, a / c <= 1.3 ? "yes" : "no" }'
