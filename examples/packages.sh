# The Debian packages Troupe needs, in one place: sourced by the demo, the tests and CI.

build_packages=(
  g++ cmake ninja-build ccache pkg-config git ca-certificates gzip
  libcaf-dev libcpp-httplib-dev libsoci-dev libboost-dev libpq-dev
  libtiff-dev libpng-dev libjpeg62-turbo-dev libturbojpeg0-dev
  libfmt-dev libspdlog-dev nlohmann-json3-dev libpugixml-dev libcli11-dev libtomlplusplus-dev
  libsodium-dev libssl-dev zlib1g-dev libbz2-dev doctest-dev
  libarchive-dev libopenslide-dev libopenjp2-7-dev libblosc-dev liblz4-dev libzstd-dev libwebp-dev libhwy-dev libbenchmark-dev
)
run_packages=(postgresql curl)
test_packages=(chromium util-linux procps clang libclang-rt-14-dev python3-numpy
  python3-zarr python3-fsspec python3-aiohttp python3-tifffile)

# Runs a command as root: directly, or through sudo.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# Installs those of the named packages that are missing.
install_missing() {
  local missing=()
  for p in "$@"; do
    dpkg-query -W -f '${Status}' "$p" 2>/dev/null | grep -q 'ok installed' || missing+=("$p")
  done
  # Node: what is there if it is new enough, else Debian's; never both.
  if ! { command -v npm && [ "$(node -p 'parseInt(process.versions.node)')" -ge 18 ]; } >/dev/null 2>&1; then
    missing+=(nodejs npm)
  fi
  [ ${#missing[@]} = 0 ] && return
  if [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null; then
    echo "These packages are missing, and only root can install them: ${missing[*]}" >&2
    return 1
  fi
  echo "installing ${missing[*]}"
  # Only our own cluster runs: Debian's makes none.
  as_root mkdir -p /etc/postgresql-common
  grep -qs '^create_main_cluster' /etc/postgresql-common/createcluster.conf \
    || echo 'create_main_cluster = false' | as_root tee -a /etc/postgresql-common/createcluster.conf >/dev/null
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}
