#!/usr/bin/env bash
# tests/sanitizers/run.sh: the engine's tests, hostile files among them, under
# AddressSanitizer and UndefinedBehaviorSanitizer.
set -euo pipefail
source_dir=$(cd "$(dirname "$0")/../.." && pwd)
build=${TROUPE_SANITIZED_BUILD:-$source_dir/build-sanitized}
unset TROUPE_SANITIZED_BUILD
cmake -S "$source_dir" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=RelWithDebInfo \
  -DCMAKE_CXX_FLAGS_RELWITHDEBINFO="-O1 -g1" -DTROUPE_UI=OFF -DTROUPE_SANITIZE=address,undefined >/dev/null
ninja -C "$build" unit_storage
cd "$build"
export ASAN_OPTIONS=detect_leaks=1:allocator_may_return_null=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
exec tests/unit_storage --no-skipped-summary
