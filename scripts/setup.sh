#!/usr/bin/env bash
# Installs what is missing: `setup.sh run` what building and serving need, `setup.sh package` what packing needs too,
# `setup.sh test` the browsers as well, `setup.sh audit` what looks after the crates, `setup.sh fuzz` what the fuzz targets need.
# What it installs stands in .tools/ (or NIANBAO_TOOLS), but for Debian's packages. It asks nothing.
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
LEVEL=${1:-run}
. scripts/steps.sh
. scripts/setup-rust.sh
. scripts/setup-browsers.sh

# From Debian's packages: what no other step can do without.
missing_packages() {
  command -v curl >/dev/null || echo curl ca-certificates
  command -v xz >/dev/null || echo xz-utils
  command -v cc >/dev/null || echo gcc libc6-dev
  # libFuzzer is written in it.
  if [[ $LEVEL =~ ^(test|fuzz)$ ]] && ! command -v c++ >/dev/null; then echo g++; fi
  have_node || echo nodejs npm
}
have_node() {
  local version
  command -v npm >/dev/null || return 1
  version=$(node --version 2>/dev/null | tr -d v) || return 1
  [ "${version%%.*}" -ge "$NODE_MINIMUM" ]
}
have_packages() { [ -z "$(missing_packages)" ]; }
# shellcheck disable=SC2046 # words are wanted
get_packages() { apt_install $(missing_packages); }

have_trunk() { [ "$(trunk --version 2>/dev/null)" = "trunk $TRUNK_VERSION" ]; }
# Trunk only runs other tools, so its own speed does not matter: the cheapest build there is.
get_trunk() {
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 cargo_install trunk "$TRUNK_VERSION" "$TRUNK_HOME" --no-default-features
}

have_wasm_bindgen() { [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $WASM_BINDGEN_VERSION" ]; }
# Here the three crates that read and write modules are worth optimising a little.
get_wasm_bindgen() {
  local crate config=()
  for crate in walrus wasmparser wasm-bindgen-cli-support; do
    config+=(--config "profile.release.package.$crate.opt-level=1")
  done
  CARGO_PROFILE_RELEASE_OPT_LEVEL=0 cargo_install wasm-bindgen-cli "$WASM_BINDGEN_VERSION" "$WASM_BINDGEN_HOME" \
    --bin wasm-bindgen "${config[@]}"
}

have_cargo_deny() { [ "$(cargo-deny --version 2>/dev/null)" = "cargo-deny $CARGO_DENY_VERSION" ]; }
# It reads some hundred licences in a few seconds, however it was compiled.
get_cargo_deny() { CARGO_PROFILE_RELEASE_OPT_LEVEL=0 cargo_install cargo-deny "$CARGO_DENY_VERSION" "$CARGO_DENY_HOME"; }

# cargo_install CRATE VERSION WHERE OPTION…
# Its target directory is kept until it is done, so that an interrupted build continues.
cargo_install() {
  local crate=$1 version=$2 where=$3 work=$TOOLS/work/$1-$2
  shift 3
  # RUSTFLAGS are the project's affair, not the tools'.
  env -u RUSTFLAGS CARGO_TARGET_DIR="$work" CARGO_TERM_PROGRESS_WHEN=always CARGO_TERM_PROGRESS_WIDTH=80 \
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=256 CARGO_PROFILE_RELEASE_DEBUG=0 \
    nice cargo install --locked --root "$where" "$crate" --version "$version" "$@"
  rm -rf "$work"
}

have_wasm_opt() { [ -e "$BINARYEN_HOME/node_modules/.bin/wasm-opt" ]; }
get_wasm_opt() { npm_install "binaryen@$BINARYEN_VERSION" "$BINARYEN_HOME"; }

have_esbuild() { [ "$(esbuild --version 2>/dev/null)" = "$ESBUILD_VERSION" ]; }
get_esbuild() { npm_install "esbuild@$ESBUILD_VERSION" "$ESBUILD_HOME"; }

have_fflate() { [ -e "$FFLATE_HOME/node_modules/fflate/package.json" ]; }
get_fflate() { npm_install "fflate@$FFLATE_VERSION" "$FFLATE_HOME"; }

have_typescript() { [ -e "$TYPESCRIPT_HOME/node_modules/typescript/package.json" ]; }
get_typescript() { npm_install "typescript@$TYPESCRIPT_VERSION" "$TYPESCRIPT_HOME"; }

# npm_install PACKAGE WHERE
npm_install() {
  local part=$2.part
  rm -rf "$part" "$2"
  mkdir -p "$part"
  npm install --prefix "$part" --no-save --no-package-lock --no-audit --no-fund --loglevel=error "$1"
  mv "$part" "$2"
}

have_crates() { cargo fetch --offline --quiet --target wasm32-unknown-unknown 2>/dev/null; }
get_crates() { cargo fetch --target wasm32-unknown-unknown; }

# Those of other systems, too, which are never compiled here: an audit reads of what they are.
have_all_crates() { cargo fetch --offline --quiet 2>/dev/null; }
get_all_crates() { cargo fetch; }
have_fuzz_crates() { cargo fetch --offline --quiet --manifest-path fuzz/Cargo.toml 2>/dev/null; }
get_fuzz_crates() { cargo fetch --manifest-path fuzz/Cargo.toml; }

# Two set-ups at once would build everything twice.
wait_for_other_setup() {
  command -v flock >/dev/null || return 0
  exec 9>"$TOOLS/lock"
  flock -n 9 && return
  say "Another set-up is at work in $TOOLS; waiting for it."
  flock 9
}

prepare_audit() {
  step "Debian packages: $(missing_packages | tr '\n' ' ')" have_packages get_packages
  step "Rust" have_rust get_rust
  step "cargo-deny $CARGO_DENY_VERSION, built from source" have_cargo_deny get_cargo_deny
  step "the crates of other systems" have_all_crates get_all_crates
}

prepare_fuzz() {
  step "Debian packages: $(missing_packages | tr '\n' ' ')" have_packages get_packages
  step "Rust" have_rust get_rust
  step "the fuzz targets' crates" have_fuzz_crates get_fuzz_crates
}

main() {
  wait_for_other_setup
  if [ "$LEVEL" = audit ] || [ "$LEVEL" = fuzz ]; then
    "prepare_$LEVEL"
    print_step_table
    return
  fi
  step "Debian packages: $(missing_packages | tr '\n' ' ')" have_packages get_packages
  step "Rust" have_rust get_rust
  step "Rust's wasm32 target" have_wasm32 get_wasm32
  try_std_sources
  # The two long ones: one job for each core, while the rest is downloaded.
  begin_step "trunk $TRUNK_VERSION, built from source" have_trunk get_trunk
  begin_step "wasm-bindgen $WASM_BINDGEN_VERSION, built from source" have_wasm_bindgen get_wasm_bindgen
  if [ "$LEVEL" = test ]; then begin_step "cargo-deny $CARGO_DENY_VERSION, built from source" have_cargo_deny get_cargo_deny; fi
  step "wasm-opt (binaryen $BINARYEN_VERSION)" have_wasm_opt get_wasm_opt
  step "esbuild $ESBUILD_VERSION" have_esbuild get_esbuild
  step "fflate $FFLATE_VERSION" have_fflate get_fflate
  step "the project's crates" have_crates get_crates
  if [ "$LEVEL" = test ]; then step "the crates of other systems" have_all_crates get_all_crates; fi
  if [[ $LEVEL =~ ^(package|test|bench)$ ]]; then
    step "TypeScript $TYPESCRIPT_VERSION" have_typescript get_typescript
  fi
  if [ "$LEVEL" = test ] || [ "$LEVEL" = bench ]; then
    step "the tests' npm packages" have_test_packages get_test_packages
    step "the frameworks of the tests' pages" have_framework_packages get_framework_packages
    step "Chromium" have_chromium get_chromium
    step "a Chinese font" have_chinese_font get_chinese_font
    step "old Chromiums: $(missing_old_chromiums)" have_old_chromiums get_old_chromiums
    step "Firefox" have_firefox get_firefox
    step "WebKitGTK and its driver" have_webkit get_webkit
  fi
  if [ "$LEVEL" = bench ]; then
    step "what is compared with, from npm" have_peers get_peers
    step "the viewer that an offline file is measured beside, from PyPI" have_ixbrl_viewer get_ixbrl_viewer
  fi
  if [ "$LEVEL" = test ]; then
    step "the fuzz targets' crates" have_fuzz_crates get_fuzz_crates
  fi
  finish_steps
  print_step_table
}

main
