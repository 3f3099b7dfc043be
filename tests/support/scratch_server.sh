# Sourced by scripts: a server with a fresh data folder on a free port, stopped at exit.

# scratch_server BUILD: sets scratch (a folder) and url; the password is in
# scratch/password, a token for the metrics in scratch/metrics-token.
scratch_server() {
  scratch=$(mktemp -d /tmp/troupe-XXXXXX)
  chmod 711 "$scratch" # the database's user must get through
  echo "scratch-$RANDOM$RANDOM" >"$scratch/password"
  echo "metrics-$RANDOM-$RANDOM-$RANDOM" >"$scratch/metrics-token"
  TROUPE_ROOT_PASSWORD=$(cat "$scratch/password") "$1/troupe" serve --data "$scratch/data" \
    --listen 127.0.0.1:0 --metrics-token-file "$scratch/metrics-token" --log-level warn --log-format json 2>"$scratch/log" &
  scratch_pid=$!
  trap scratch_stop EXIT
  for _ in $(seq 600); do
    [ -s "$scratch/data/url" ] && break
    kill -0 "$scratch_pid" 2>/dev/null || { cat "$scratch/log" >&2; return 1; }
    sleep 0.1
  done
  url=$(cat "$scratch/data/url")
}

scratch_stop() {
  kill -TERM "$scratch_pid" 2>/dev/null || true
  wait "$scratch_pid" 2>/dev/null || true
  rm -rf "$scratch"
}
