#!/usr/bin/env bash
# Runs every test: native, lints, the built files, browsers. Ends with one line of what passed and failed.
set -uo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

output=$ROOT/target/test-output.txt
mkdir -p target
: >"$output"
failed_stages=()

# stage NAME COMMAND…: goes on after a failure, so that one run shows them all.
stage() {
  local name=$1 start=$SECONDS
  shift
  printf '\n── %s\n' "$name"
  if "$@" 2>&1 | tee -a "$output"; then
    say "✓ $name: $((SECONDS - start)) s"
  else
    say "✗ $name: $((SECONDS - start)) s"
    failed_stages+=("$name")
    return 1
  fi
}

clippy() {
  cargo clippy --all-targets -- -D warnings &&
    cargo clippy --target wasm32-unknown-unknown --no-default-features --features editor,reader,container,writer,office \
      --bin widget --bin charts --bin editor --bin reader --bin container --bin writer --bin office -- -D warnings
}

formatted() { cargo fmt --check && cargo fmt --check --manifest-path fuzz/Cargo.toml; }

# Two files at a time: much of what a browser is asked for is waited for.
browser_tests() { node --test --test-concurrency=2 --test-reporter=spec tests/browser/*.test.mjs; }

# The runners' own counts: cargo's "test result: ok. 3 passed; 0 failed", node's "ℹ pass 3".
sum_of() { sed 's/\x1b\[[0-9;]*m//g' "$output" | awk "$1"' { n += $NF } END { print n + 0 }'; }
passed() { echo $(($(cargo_count passed) + $(sum_of '/^(ℹ|#) pass [0-9]+$/'))); }
failed() { echo $(($(cargo_count failed) + $(sum_of '/^(ℹ|#) (fail|cancelled) [0-9]+$/'))); }
cargo_count() {
  sed 's/\x1b\[[0-9;]*m//g' "$output" | sed -n "s/^test result: .* \([0-9]*\) $1;.*/\1/p" | awk '{ n += $1 } END { print n + 0 }'
}

stage "cargo test" cargo test --no-fail-fast
# The plain command leaves the widget out; what of it needs no browser is tested here.
stage "cargo test, the widget" cargo test --no-fail-fast --lib --no-default-features --features editor ui::
stage "fuzz targets over their seeds" scripts/fuzz.sh --replay
if cargo fmt --version >/dev/null 2>&1; then stage "cargo fmt" formatted; else say "cargo fmt is not there: skipped."; fi
if cargo clippy --version >/dev/null 2>&1; then stage "cargo clippy" clippy; else say "cargo clippy is not there: skipped."; fi
stage "audit" scripts/audit.sh crates
if stage "build" make --no-print-directory dist/.built; then
  stage "browser tests" browser_tests
fi

echo
if [ ${#failed_stages[@]} -gt 0 ]; then say "Failed: $(printf '%s. ' "${failed_stages[@]}")"; fi
say "$(passed) passed, $(failed) failed"
[ ${#failed_stages[@]} -eq 0 ]
