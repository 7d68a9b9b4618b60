# Rust and its wasm32 target. Sourced by setup.sh.
#
# In this order: what is there; rustup (the machine's own, else one inside the tools' directory);
# Debian's packages, where rustup's server does not answer.

RUST_MINIMUM=$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml)

have_rust() {
  local version
  command -v cargo >/dev/null || return 1
  version=$(rustc --version 2>/dev/null | cut -d' ' -f2)
  [ -n "$version" ] && at_least "$version" "$RUST_MINIMUM"
}

# at_least 1.95.0 1.90
at_least() { [ "$(printf '%s\n' "$2" "$1" | sort -V | head -n 1)" = "$2" ]; }

have_wasm32() {
  local libraries
  libraries=$(rustc --print target-libdir --target wasm32-unknown-unknown 2>/dev/null) || return 1
  compgen -G "$libraries/libstd-*.rlib" >/dev/null
}

# The sources of std, from which it is built anew for size; without them it is used as it comes.
has_std_sources() { [ -e "$(rustc --print sysroot)/lib/rustlib/src/rust/library/std/Cargo.toml" ]; }
# Never worth a failure: the modules only become a tenth larger.
try_std_sources() {
  if ! has_rustup || has_std_sources || ! rustup_server_answers; then return; fi
  say "→ the sources of Rust's std"
  timeout 600 rustup component add rust-src || say "  They cannot be had; the modules become a tenth larger."
}

# A bounded question, so that a machine that is cut off falls through quickly.
rustup_server_answers() {
  [ -z "${NIANBAO_NO_RUSTUP:-}" ] || return 1
  curl -fsS -m 8 -o /dev/null "${RUSTUP_DIST_SERVER:-https://static.rust-lang.org}/dist/channel-rust-stable.toml.sha256"
}

has_rustup() { [ -z "${NIANBAO_NO_RUSTUP:-}" ] && command -v rustup >/dev/null; }

get_rust() {
  if has_rustup; then
    give_up "Rust $RUST_MINIMUM or newer is needed. Please run: rustup update stable && rustup default stable"
  elif rustup_server_answers; then
    get_private_rustup
  else
    get_debian_rust
  fi
}

get_wasm32() {
  if has_rustup && rustup_server_answers; then
    timeout 600 rustup target add wasm32-unknown-unknown
  elif rustup_server_answers; then
    get_private_rustup
  else
    get_debian_rust
  fi
}

# A rustup of the project's own: nothing outside the tools' directory changes.
get_private_rustup() {
  export RUSTUP_HOME=$TOOLS/rustup CARGO_HOME=$TOOLS/cargo
  curl -fsSL -m 60 -o "$TOOLS/rustup-init.sh" "${RUSTUP_UPDATE_ROOT:-https://static.rust-lang.org/rustup}/rustup-init.sh"
  RUSTUP_INIT_SKIP_PATH_CHECK=yes timeout 900 sh "$TOOLS/rustup-init.sh" -y --no-modify-path --profile minimal \
    --default-toolchain stable --component clippy --component rustfmt --target wasm32-unknown-unknown
}

# Debian carries a Rust for its browsers, with the sources of std but without the wasm32 target.
# That is built here, once (a minute or two), beside links to Debian's own files.
get_debian_rust() {
  local llvm home host
  apt_install rustc-web cargo-web rust-web-src ||
    give_up "Neither rustup's server nor Debian's packages gave a Rust. Please install Rust $RUST_MINIMUM or newer with the target wasm32-unknown-unknown."
  llvm=$(/usr/bin/rustc -vV | sed -n 's/LLVM version: \([0-9]*\).*/\1/p')
  host=$(/usr/bin/rustc -vV | sed -n 's/host: //p')
  apt_install "lld-$llvm"
  home=$(debian_rust_home)
  build_wasm32_std
  rm -rf "$home.part"
  mkdir -p "$home.part/bin" "$home.part/lib/rustlib/wasm32-unknown-unknown/lib"
  cp "$TOOLS"/work/std/wasm32-unknown-unknown/release/deps/*.rlib "$home.part/lib/rustlib/wasm32-unknown-unknown/lib/"
  rm -f "$home.part"/lib/rustlib/wasm32-unknown-unknown/lib/libstd_crate-*
  ln -s "/usr/lib/rustlib/$host" "$home.part/lib/rustlib/$host"
  ln -s /usr/bin/cargo "$home.part/bin/cargo"
  # The linker, by the name that rustc calls it.
  ln -s "/usr/bin/lld-$llvm" "$home.part/bin/rust-lld"
  printf '#!/bin/sh\nexec /usr/bin/rustc --sysroot "$(dirname "$0")/.." "$@"\n' >"$home.part/bin/rustc"
  chmod +x "$home.part/bin/rustc"
  mv "$home.part" "$home"
  rm -rf "$TOOLS/work/std" "$TOOLS/work/std-crate"
}

# Bitcode is embedded because the release profile's LTO reads it.
build_wasm32_std() {
  mkdir -p "$TOOLS/work/std-crate/src"
  printf '[package]\nname = "std-crate"\nedition = "2024"\n[profile.release]\npanic = "abort"\n[workspace]\n' >"$TOOLS/work/std-crate/Cargo.toml"
  : >"$TOOLS/work/std-crate/src/lib.rs"
  env -u RUSTC RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Cembed-bitcode=yes CARGO_TARGET_DIR="$TOOLS/work/std" \
    PATH="/usr/bin:$PATH" cargo build --release --target wasm32-unknown-unknown \
    -Zbuild-std=std,panic_abort --manifest-path "$TOOLS/work/std-crate/Cargo.toml"
}
