#!/usr/bin/env bash
# tests/bench/catalogue.sh [ROWS [FILE]]: a fresh server with ROWS images (1000000, minutes;
# 10000000 takes an hour) that SQL makes, and what people do with them through the API,
# beside the figures of model.md 7.2. The figures are PostgreSQL's time, so that is what is
# judged, against twice the figure; what the asker waits for is told too. Lines that begin
# with GOAL are for report.sh. FILE gets PostgreSQL's log, with plans of what took 20 ms, which
# takes time of its own.
set -euo pipefail
source_dir=$(cd "$(dirname "$0")/../.." && pwd)
build=${TROUPE_BUILD:-$source_dir/build}
rows=${1:-1000000} plans=${2:-}
unset TROUPE_BUILD
. "$source_dir/tests/support/scratch_server.sh"
scratch_server "$build"
log=$scratch/data/log/postgres.log
ask() { psql "postgresql:///troupe?host=$scratch/data/run&port=5432&user=troupe" -v ON_ERROR_STOP=1 -qXAt "$@"; }

ask -c "alter system set max_wal_size = '4GB'" -c 'select pg_reload_conf()' >/dev/null
SECONDS=0
PGOPTIONS='-c client_min_messages=warning' ask -v rows="$rows" -f "$source_dir/tests/bench/catalogue_rows.sql"
echo "# $rows images, made in $SECONDS s, $(ask -c "select pg_size_pretty(pg_database_size('troupe'))") in the database"
ask -c 'alter system set log_min_duration_statement = 0' -c 'alter system set log_parameter_max_length = 0'
if [ -n "$plans" ]; then
  for setting in "session_preload_libraries = 'auto_explain'" 'auto_explain.log_min_duration = 20' \
    'auto_explain.log_analyze = on' 'auto_explain.log_timing = off' 'auto_explain.log_nested_statements = on'; do
    ask -c "load 'auto_explain'" -c "alter system set $setting"
  done
fi
ask -c 'select pg_reload_conf()' >/dev/null
ask -c 'select count(pg_terminate_backend(pid)) from pg_stat_activity where pid <> pg_backend_pid() and datname = current_database()' >/dev/null
until curl -fs "$url/readyz" >/dev/null; do sleep 0.2; done # connected anew, with these settings

field() { sed -n "s/.*\"$1\":\"\\{0,1\\}\\([^\",}]*\\).*/\\1/p" | head -1; }
sign_in() { curl -fsS --retry 5 "$url/api/v1/session" -H 'Content-Type: application/json' -d "{\"login\":\"$1\",\"password\":\"$2\"}" | field token; }
root=$(sign_in root "$(cat "$scratch/password")")
bench=$(ask -c "select id from accounts where login = 'bench'")
curl -fsS --retry 5 -X PUT "$url/api/v1/accounts/$bench/password" -H "Authorization: Bearer $root" \
  -H 'Content-Type: application/json' -d '{"password":"correct horse battery"}'
token=$(sign_in bench 'correct horse battery')

# One request. Sets http and sql (milliseconds, of all its statements, with their planning).
request() { # method path [body]
  local before status
  sleep 0.05 # what the server does by itself has ended
  before=$(stat -c %s "$log")
  status=$(curl -s -o "$scratch/answer" -w '%{http_code} %{time_total}' -X "$1" "$url/api/v1/$2" \
    -H "Authorization: Bearer $token" ${3:+-H 'Content-Type: application/json' --data-binary "@$3"})
  case $status in 2*) ;; *) echo "$1 $2: $status $(head -c 500 "$scratch/answer")" >&2; return 1 ;; esac
  http=$(awk -v t="${status#* }" 'BEGIN { print t * 1000 }')
  sql=$(tail -c +$((before + 1)) "$log" | awk 'match($0, /duration: [0-9.]+ ms  (parse|bind|execute|statement)/) { s += substr($0, RSTART + 10) } END { print s + 0 }')
}

# The best of some requests, enough for each connection to have kept its plans, or the only
# one of those that change something.
measure() { # title, figure or -, times, method, path, [body]
  local best_sql= best_http= n title=$1 figure=$2
  for ((n = 0; n < $3; ++n)); do
    request "${@:4}"
    best_sql=$(awk -v a="${best_sql:-$sql}" -v b="$sql" 'BEGIN { print a < b ? a : b }')
    best_http=$(awk -v a="${best_http:-$http}" -v b="$http" 'BEGIN { print a < b ? a : b }')
  done
  if [ "$figure" = - ]; then
    printf '%-58s %9.1f ms SQL %9.1f ms HTTP\n' "$title" "$best_sql" "$best_http"
  else
    printf '%-58s %9.1f ms SQL %9.1f ms HTTP, figure %s ms\n' "$title" "$best_sql" "$best_http" "$figure"
    awk -v what="$title" -v s="$best_sql" -v f="$figure" 'BEGIN {
      printf "GOAL\t%s (SQL, %s)\t%.3g ms\t<= %.3g ms\t%s\n", what, "model.md x 2", s, 2 * f, s <= 2 * f ? "yes" : "no" }'
  fi
}
within() { # title, milliseconds: of the last measurement, as the asker waits
  awk -v what="$1" -v s="$http" -v f="$2" 'BEGIN { printf "GOAL\t%s\t%.3g ms\t<= %.3g ms\t%s\n", what, s, f, s <= f ? "yes" : "no" }'
}
id() { ask -c "select id from $1 where $2 order by id limit 1"; }
project=$(id projects "group_id = (select id from groups where name = 'lab 3')")
shelf=$(id datasets "group_id = (select id from groups where name = 'lab 3')")
big=$(id datasets "name = 'big'") tag=$(id annotations "text_value = 'everywhere'")
image=$(ask -c "select min(child_id) from links where parent_id = $big and kind = 2")
annotated=$(ask -c "select min(parent_id) from annotation_links where child_id = $tag")
whole() { ask -F ' ' -c "select relname, seq_tup_read from pg_stat_user_tables where relname in
  ('images', 'links_dataset_image', 'annotations', 'annotation_links_images', 'search_docs', 'channels', 'shapes')"; }
sleep 2 && before=$(whole)

measure 'tree: 200 datasets of a project with counts' 17 20 GET "projects/$project/datasets?limit=200"
measure "list: dataset of $(ask -c "select count(*) from links where parent_id = $shelf and kind = 2"), page of 200 by name" 0.9 20 GET "datasets/$shelf/images?limit=200"
measure "list: dataset of $((rows / 10)), first page by name" 121 20 GET "datasets/$big/images"
measure "list: dataset of $((rows / 10)), first page by id" 0.3 20 GET "datasets/$big/images?sort=id"
measure 'list: all images that are seen, by name' - 20 GET images
measure 'list: orphaned images' 1.3 20 GET 'images?orphaned=true'
measure 'where an image is' 0.2 20 GET "images/$image/places"
measure 'plate of 384 wells' 1.2 20 GET "plates/$(id plates true)"
measure 'annotations of an image' 0.3 20 GET "images/$annotated/annotations"
measure "images of a tag used $((rows / 10)) times, and how many" 69 20 GET "annotations/$tag/objects"
measure 'search: two key=value' 4 20 GET 'search?q=Gene%3DGENE21+dose%3D21'
within 'first page of a search by two key=value' 100
measure 'search: a rare word' 18 20 GET 'search?q=apoptosis'
within 'first page of a search by a rare word' 100
measure 'search: a phrase' 0.3 20 GET 'search?q=%22plate+7%22'
within 'first page of a search by a phrase' 100
measure 'search: a word of every other image' 0.8 20 GET 'search?q=embryo&sort=newest'
within 'first page of a search by a frequent word' 100
measure 'search: the same, ranked' - 20 GET 'search?q=embryo'
within 'first page of a search by a frequent word, ranked' 100
measure "regions of an image with $((rows / 10)), first page" - 20 GET "images/$(ask -c 'select min(image_id) from rois')/rois"
measure 'regions: shapes in view' 0.7 20 GET "images/$(ask -c 'select min(image_id) from rois')/shapes?x=0&y=0&width=800&height=800"
sleep 11 # PostgreSQL counts with a delay
awk 'NR == FNR { old[$1] = $2; next } $2 > old[$1] { print "read whole: " $1 ", " $2 - old[$1] " rows" }' \
  <(echo "$before") <(whole)

body() { ask -c "$1" >"$scratch/body"; }
of() { body "select json_build_object('type', 'dataset', 'ids', json_build_array($(id datasets "name = '$1'")), 'contents', true$2)"; }
of 'to delete' ", 'preview', true"
measure "delete: preview of $((rows / 100)) images with $((rows * 6 / 100)) links" - 1 POST deletions "$scratch/body"
of 'to delete' ''
measure "delete: $((rows / 100)) images with $((rows * 6 / 100)) links" 400 1 POST deletions "$scratch/body"
trash=$(field trash <"$scratch/answer")
measure 'delete: all of it restored' - 1 POST "trash/$trash/restore"
of 'to move' ", 'group', (select id from groups where name = 'lab 3')"
measure "move: $((rows / 100)) images with $((rows * 6 / 100)) links" 310 1 POST moves "$scratch/body"
body "select json_build_object('type', 'image', 'new', json_build_array(json_build_object('kind', 'tag', 'value', 'new')),
             'ids', (select json_agg(child_id) from links where parent_id = $big and kind = 2))"
measure "annotate: a tag on $((rows / 10)) images" 1630 1 POST annotation-links "$scratch/body"
[ -z "$plans" ] || cp "$log" "$plans"
