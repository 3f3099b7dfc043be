#!/usr/bin/env bash
# tests/bench/search.sh URI [ROWS]: fills a migrated, empty database with ROWS images
# (1000000; 10000000 takes an hour) and prints time and plan of first pages as
# schema/queries/search.cpp asks for them: a rare word and one in twenty (read from the
# index of words, ranked), one in two (newest by walking). Times are PostgreSQL's own;
# "user" is processor time where the machine is shared.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
uri=$1 rows=${2:-1000000}
ask() { psql "$uri" -v ON_ERROR_STOP=1 -qX "$@"; }
if [ "$(ask -Atc 'select count(*) from images')" = 0 ]; then
  ask -v rows="$rows" -f "$here/search_rows.sql"
fi

words="d.words @@ search_query(:'word', false, '')"
count="select count(*) from (select from search_docs as d where $words limit 10001) as counted"
few="with found as materialized (
       select d.kind, d.id, d.created, d.name,
              ts_rank(cast('{0.1, 0.2, 0.4, 1}' as real[]), d.words,
                      search_query(:'word', false, '')) as rank
         from search_docs as d where $words)
     select * from found order by rank desc, created desc, kind desc, id desc limit 101"
many="select d.kind, d.id, d.created, d.name from search_docs as d where $words
       order by created desc, kind desc, id desc limit 101"

measure() { # title word statement
  echo "# $1: $2"
  ask -v word="$2" <<SQL
set client_min_messages = log;
\o /dev/null
$3;
\o
set log_statement_stats = on;
explain (analyze, costs off, timing off) $3;
SQL
}
measure count apoptosis "$count" 2>&1
measure ranked apoptosis "$few" 2>&1
measure count mitosis "$count" 2>&1
measure ranked mitosis "$few" 2>&1
measure count embryo "$count" 2>&1
measure newest embryo "$many" 2>&1
