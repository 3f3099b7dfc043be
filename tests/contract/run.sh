#!/usr/bin/env bash
# tests/contract/run.sh BUILD: what the server says of itself, held against others' tools:
# its OpenAPI document against a validator, its metrics against promtool.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/../support/scratch_server.sh"
scratch_server "$1"
node "$here/openapi.mjs" "$url"

# The page's types are the document's.
curl -fsS "$url/api/v1/openapi.json" >"$scratch/openapi.json"
node "$here/../../http/ui/types.mjs" "$scratch/openapi.json" "$scratch/schema.d.ts"
cmp "$scratch/schema.d.ts" "$here/../../http/ui/src/api/schema.d.ts" \
  || { echo "run node types.mjs in http/ui with this document" >&2; exit 1; }

token=$(curl -fsS "$url/api/v1/session" -H 'Content-Type: application/json' \
  -d "{\"login\":\"root\",\"password\":\"$(cat "$scratch/password")\"}" | sed 's/.*"token":"\([^"]*\)".*/\1/')
curl -fsS "$url/api/v1/status" -H "Authorization: Bearer $token" >/dev/null
curl -fsS "$url/metrics" -H "Authorization: Bearer $token" >"$scratch/metrics"
# Monitoring has a token of its own, good for nothing else.
as_monitoring="Authorization: Bearer $(cat "$scratch/metrics-token")"
curl -fsS "$url/metrics" -H "$as_monitoring" >/dev/null
for refused in "$url/metrics|Authorization: Bearer wrong" "$url/api/v1/status|$as_monitoring" "$url/metrics|A: b"; do
  status=$(curl -s -o /dev/null -w '%{http_code}' "${refused%%|*}" -H "${refused#*|}")
  [ "$status" = 401 ] || { echo "$refused gave $status, not 401" >&2; exit 1; }
done
promtool=$(command -v promtool || echo "$1/promtool")
if [ ! -x "$promtool" ]; then # out of Debian's package, so that no service starts
  (cd "$scratch" && apt-get download -qq prometheus && dpkg -x prometheus_*.deb prometheus)
  cp "$scratch/prometheus/usr/bin/promtool" "$1/promtool"
fi
"$promtool" check metrics <"$scratch/metrics"
echo "metrics: $(grep -vc '^#' "$scratch/metrics") samples are valid"
