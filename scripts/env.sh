# Where the tools are and how they are found. Sourced by the other scripts.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$ROOT"
. scripts/versions.env

TOOLS=${NIANBAO_TOOLS:-$ROOT/.tools}
mkdir -p "$TOOLS"
TOOLS=$(cd "$TOOLS" && pwd)
export NIANBAO_TOOLS=$TOOLS

# The version of a crate in Cargo.lock.
locked_version() {
  awk -v name="$1" '$0 == "name = \"" name "\"" { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock
}
WASM_BINDGEN_VERSION=$(locked_version wasm-bindgen)

TRUNK_HOME=$TOOLS/trunk-$TRUNK_VERSION
WASM_BINDGEN_HOME=$TOOLS/wasm-bindgen-$WASM_BINDGEN_VERSION
BINARYEN_HOME=$TOOLS/binaryen-$BINARYEN_VERSION
ESBUILD_HOME=$TOOLS/esbuild-$ESBUILD_VERSION
CARGO_DENY_HOME=$TOOLS/cargo-deny-$CARGO_DENY_VERSION
export FFLATE_HOME=$TOOLS/fflate-$FFLATE_VERSION
export TYPESCRIPT_HOME=$TOOLS/typescript-$TYPESCRIPT_VERSION
export IXBRL_VIEWER_VERSION IXBRL_VIEWER_HOME=$TOOLS/ixbrl-viewer-$IXBRL_VIEWER_VERSION
ORIGINAL_PATH=${ORIGINAL_PATH:-$PATH}

# Debian's own Rust, completed with the wasm32 target (see setup-rust.sh).
# Keyed by its version, so that an upgrade of Debian's package rebuilds it.
debian_rust_home() {
  echo "$TOOLS/debian-rust-$(/usr/bin/rustc --version | cut -d' ' -f2)"
}

# Puts what the project installed before everything else in PATH.
use_tools() {
  PATH=$TRUNK_HOME/bin:$WASM_BINDGEN_HOME/bin:$CARGO_DENY_HOME/bin:$BINARYEN_HOME/node_modules/.bin:$ESBUILD_HOME/node_modules/.bin:$ORIGINAL_PATH
  local user_cargo=${CARGO_HOME:-$HOME/.cargo}/bin
  if [ -x "$TOOLS/cargo/bin/cargo" ]; then
    export RUSTUP_HOME=$TOOLS/rustup CARGO_HOME=$TOOLS/cargo
    PATH=$TOOLS/cargo/bin:$PATH
  elif compgen -G "$TOOLS/debian-rust-*" >/dev/null && [ -x "$(debian_rust_home)/bin/rustc" ]; then
    PATH=$(debian_rust_home)/bin:$PATH
  elif [ -z "${NIANBAO_NO_RUSTUP:-}" ] && ! command -v cargo >/dev/null && [ -x "$user_cargo/cargo" ]; then
    # Installed a moment ago, in a shell that does not know it yet.
    PATH=$user_cargo:$PATH
  fi
  hash -r
}
use_tools

say() { printf '%s\n' "$*"; }

# The end of the road: what happened, and what to do about it.
give_up() {
  printf '\nnianbao: %s\n' "$*" >&2
  exit 1
}
