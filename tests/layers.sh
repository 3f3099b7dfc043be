#!/usr/bin/env bash
# Each layer includes only what is left of it: storage, schema, actors, http.
set -u
cd "$1"
bad=0
forbid() { # folder, what it may not include
  if grep -rnE "#include \"($2)/" "$1" --include='*.hpp' --include='*.cpp'; then
    echo "  $1/ must not include $2"
    bad=1
  fi
}
forbid storage 'schema|actors|http|tests'
forbid schema 'actors|http|tests|examples'
forbid actors "http|tests"
forbid http 'tests'
# Libraries have a room of their own.
if grep -rnE '#include <(caf|soci|httplib)' storage; then bad=1; fi
if grep -rnE '#include <(caf|httplib)' schema; then bad=1; fi
if grep -rn '#include <httplib' actors; then bad=1; fi
if grep -rn '#include <httplib' http | grep -vE '^http/(gate|client)/'; then bad=1; fi
exit $bad
