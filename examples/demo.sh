#!/usr/bin/env bash
# examples/demo.sh [IMAGE_OR_FOLDER...]: build Troupe, start it, import images, keep serving.
#   TROUPE_DEMO_DATA    the data folder (normally /var/lib/troupe or ~/.local/share/troupe)
#   TROUPE_DEMO_LISTEN  address and port (normally 127.0.0.1:4080)
set -euo pipefail
source_dir=$(cd "$(dirname "$0")/.." && pwd)
build=${TROUPE_DEMO_BUILD:-$source_dir/build}
if [ "$(id -u)" = 0 ]; then
  data=${TROUPE_DEMO_DATA:-/var/lib/troupe}
else
  data=${TROUPE_DEMO_DATA:-${XDG_DATA_HOME:-$HOME/.local/share}/troupe}
fi
listen=${TROUPE_DEMO_LISTEN:-127.0.0.1:4080}
unset TROUPE_DEMO_DATA TROUPE_DEMO_LISTEN TROUPE_DEMO_BUILD
say() { printf '\033[1m%s\033[0m\n' "$*"; }

# shellcheck source=packages.sh
. "$source_dir/examples/packages.sh"
say "1/4 packages"
install_missing "${build_packages[@]}" "${run_packages[@]}"

say "2/4 build (the first time takes some minutes)"
[ -f "$build/build.ninja" ] || cmake -S "$source_dir" -B "$build" -G Ninja -DCMAKE_BUILD_TYPE=Release -DTROUPE_TESTS=OFF -DTROUPE_TOGETHER=ON >/dev/null
ninja -C "$build" troupe specimens

say "3/4 server"
mkdir -p "$data"
[ "$(id -u)" = 0 ] && chmod 711 "$data"
if [ ! -f "$data/demo-password" ]; then
  (umask 077; head -c 12 /dev/urandom | base64 | tr '+/' 'xy' >"$data/demo-password")
fi
rm -f "$data/url"
TROUPE_ROOT_PASSWORD=$(cat "$data/demo-password") "$build/troupe" serve --data "$data" --listen "$listen" --log-level warn &
server=$!
trap 'kill -TERM $server 2>/dev/null || true; wait $server || true' EXIT
trap 'exit 130' INT TERM
for _ in $(seq 300); do
  [ -f "$data/url" ] && curl -fs "$(cat "$data/url")/readyz" >/dev/null && break
  kill -0 $server 2>/dev/null || { echo "the server did not start" >&2; exit 1; }
  sleep 0.1
done
url=$(cat "$data/url")

# Imports what was not imported before: a list of path, size and time is kept.
import() { # project, dataset, paths...
  local project=$1 dataset=$2 new=() key
  shift 2
  while IFS= read -r -d '' file; do
    key=$(stat -c '%n %s %Y' "$file")
    grep -qxF "$key" "$data/demo-imported" 2>/dev/null || new+=("$file")
  done < <(find "$@" -type f -print0 | sort -z)
  [ ${#new[@]} = 0 ] && return
  "$build/troupe" import --server "$url" --login root --password-file "$data/demo-password" \
    --project "$project" --dataset "$dataset" "${new[@]}" || [ $? = 3 ] || [ $? = 1 ]
  for file in "${new[@]}"; do stat -c '%n %s %Y' "$file" >>"$data/demo-imported"; done
}

say "4/4 images"
if [ $# -gt 0 ]; then
  for path in "$@"; do
    import "My images" "$(basename "$path")" "$(realpath "$path")"
  done
else
  if [ ! -f "$data/specimens/complete" ]; then
    "$build/specimens" "$data/specimens"
    touch "$data/specimens/complete"
  fi
  import "Specimens" "Fluorescence" "$data/specimens/fluorescence"
  import "Specimens" "Histology" "$data/specimens/histology"
  import "Specimens" "Single planes" "$data/specimens/planes"
fi

echo
say "Troupe serves $url"
say "login root, password $(cat "$data/demo-password")"
echo "Ctrl-C stops it; data stay in $data"
wait $server
