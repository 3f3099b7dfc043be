#!/usr/bin/env bash
# tests/sanitizers/run.sh: the engine's tests, hostile files among them, under
# AddressSanitizer and UndefinedBehaviorSanitizer.
set -euo pipefail
source_dir=$(cd "$(dirname "$0")/../.." && pwd)
. "$source_dir/tests/sanitizers/build.sh"
build_instrumented "$source_dir" unit_storage
cd "$instrumented"
# Of a hostile file the child's own report is wanted, as one of these tests prints it; the
# other only looks at how it was refused.
tests/unit_storage --no-skipped-summary --source-file=*bad_files* --test-case=*"its seconds"* &
failed=0
tests/unit_storage --no-skipped-summary --source-file-exclude=*bad_files* || failed=1
wait $! || failed=1
exit $failed
