#!/usr/bin/env bash
# tests/run.sh [ctest arguments]: install what is missing, build, run every test.
set -euo pipefail
source_dir=$(cd "$(dirname "$0")/.." && pwd)
build=${TROUPE_BUILD:-$source_dir/build}
unset TROUPE_BUILD
# shellcheck source=../examples/packages.sh
. "$source_dir/examples/packages.sh"
install_missing "${build_packages[@]}" "${run_packages[@]}" "${test_packages[@]}"
cmake -S "$source_dir" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTROUPE_TESTS=ON -DTROUPE_TOGETHER=ON >/dev/null
ninja -C "$build"
cd "$build"
exec ctest --output-on-failure --parallel 3 "$@"
