#!/usr/bin/env bash
# tests/sanitizers/run.sh: the engine's tests, hostile files among them, under
# AddressSanitizer and UndefinedBehaviorSanitizer.
set -euo pipefail
source_dir=$(cd "$(dirname "$0")/../.." && pwd)
. "$source_dir/tests/sanitizers/build.sh"
build_instrumented "$source_dir" unit_storage
cd "$instrumented"
exec tests/unit_storage --no-skipped-summary
