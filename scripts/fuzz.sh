#!/usr/bin/env bash
# Runs the fuzz targets: `fuzz.sh` for FUZZ_SECONDS each (300), as many at a time as there are cores, and writes their
# figures; `fuzz.sh --replay` each over its seeds, its regressions and a fixed number of fresh inputs.
# TARGETS="html csv" for some of them. What is found stands in target/fuzz; another run goes on from there.
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

FUZZ_SECONDS=${FUZZ_SECONDS:-300}
FUZZ_JOBS=${FUZZ_JOBS:-$(nproc)}
# How many fresh inputs a replay makes.
FRESH=${FRESH:-100}
ALL=$(sed -n 's|^path = "fuzz_targets/\(.*\).rs"|\1|p' fuzz/Cargo.toml | tr '\n' ' ')
TARGETS=${TARGETS:-$ALL}
export FUZZ_SECONDS FRESH TARGETS

WORK=$ROOT/target/fuzz
LEDGER=$WORK/ledger.tsv
HOST=$(rustc -vV | sed -n 's/^host: //p')
BUILT=$WORK/build/$HOST/release
# How a run that was ended by the keyboard says so.
INTERRUPTED=72

# The coverage that libFuzzer needs, as cargo-fuzz asks for it; the compiler's stable version has it too.
COVERAGE="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table
  -Cllvm-args=-sanitizer-coverage-trace-compares"

build() {
  local bins=() target
  for target in $TARGETS; do bins+=(--bin "$target"); done
  RUSTFLAGS=$(echo $COVERAGE) cargo build --manifest-path fuzz/Cargo.toml --release --target "$HOST" \
    --target-dir "$WORK/build" "${bins[@]}"
}

# The inputs with which a target begins, made anew of the project's files.
make_seeds() {
  local target=$1 seeds=$WORK/seeds/$1
  rm -rf "$seeds"
  mkdir -p "$seeds" "$WORK/corpus/$target" "$WORK/artifacts/$target" "$WORK/log"
  NIANBAO_FUZZ_SEEDS=$seeds "$(binary "$target")" >/dev/null 2>&1
}

# Where the programs stand: a long run has copies of its own, which no build changes under it.
binary() { echo "${FUZZ_BIN:-$BUILT}/$1"; }

# The words that a target's inputs are made of.
dictionary() {
  case $1 in
  docx | xlsx | ods) echo office ;;
  *) echo "$1" ;;
  esac
}

# fuzzer TARGET OPTION… FOLDER…: time is bounded inside the targets, by the processor's clock; what is bounded here is for
# what never ends. A browser's stack is small, and so is this one.
fuzzer() {
  local target=$1 words
  shift
  words=fuzz/dict/$(dictionary "$target").dict
  ulimit -s 2048
  "$(binary "$target")" -max_len=131072 -timeout=300 -report_slow_units=300 -rss_limit_mb=2048 -print_final_stats=1 \
    ${words:+$([ -e "$words" ] && echo "-dict=$words")} "$@"
}

# Folders that are there: libFuzzer refuses others.
folders() { for folder in "$@"; do if [ -d "$folder" ]; then echo "$folder"; fi; done; }

# One target for its time, again after each crash, each time a line in the ledger.
run_one() {
  local target=$1 end=$((SECONDS + FUZZ_SECONDS)) corpus=$WORK/corpus/$1 log status cpu
  # The keyboard ends the fuzzer; what it did is still noted.
  trap '' INT TERM
  for attempt in $(seq 20); do
    local left=$((end - SECONDS))
    if [ "$left" -lt 1 ]; then break; fi
    log=$WORK/log/$target-$(date -u +%Y%m%dT%H%M%S).log
    status=0
    # shellcheck disable=SC2046 # words are wanted
    cpu=$({ TIMEFORMAT='%U %S'
      time nice -n 10 bash "$0" --fuzzer "$target" -max_total_time="$left" -artifact_prefix="$WORK/artifacts/$target/" \
        $(folders "$corpus" "$WORK/seeds/$target" "fuzz/regressions/$target") >"$log" 2>&1; } 2>&1) || status=$?
    note "$target" "$cpu" "$log" "$status"
    if [ "$status" -eq 0 ] || [ "$status" -eq $INTERRUPTED ]; then break; fi
    say "✗ $target: $(grep -m1 -A1 -E 'panicked at|ERROR: libFuzzer' "$log" | tr '\n' ' ' | cut -c 1-200) (log: $log)"
  done
}

# A line of the ledger: target, seconds of processor time, inputs, crashes, and what there is then of coverage and corpus.
note() {
  local target=$1 cpu=$2 log=$3 status=$4 inputs state crashes=0
  inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "$log" | tail -n 1)
  state=$(grep -aoE 'cov: [0-9]+ ft: [0-9]+ corp: [0-9]+' "$log" | tail -n 1 | tr -cd '0-9 ')
  if [ "$status" -ne 0 ] && [ "$status" -ne $INTERRUPTED ]; then crashes=1; fi
  read -r cov ft corp <<<"${state:-0 0 0}"
  cpu=$(echo "$cpu" | awk 'NF == 2 { sum += $1 + $2 } END { printf "%.1f", sum }')
  printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$target" "$cpu" "${inputs:-0}" "$crashes" "$cov" "$ft" "$corp" >>"$LEDGER"
}

figures() { node scripts/fuzz-figures.mjs "$LEDGER" "$WORK/figures" "$ALL"; }

# One target over its seeds and regressions, and as many fresh inputs as are always made. Nothing is kept.
replay_one() {
  local target=$1 fresh=$WORK/replay/$1 log=$WORK/log/replay-$1.log known start=$SECONDS
  rm -rf "$fresh"
  mkdir -p "$fresh"
  # shellcheck disable=SC2046 # words are wanted
  known=$(find "$WORK/seeds/$target" $(folders "fuzz/regressions/$target") -type f | wc -l)
  # shellcheck disable=SC2046
  if bash "$0" --fuzzer "$target" -seed=1 -runs=$((known + FRESH)) -artifact_prefix="$WORK/artifacts/$target/" \
    "$fresh" $(folders "$WORK/seeds/$target" "fuzz/regressions/$target") >"$log" 2>&1; then
    say "test fuzz::$target ... ok ($known inputs and $FRESH fresh ones, $((SECONDS - start)) s)"
  else
    say "test fuzz::$target ... FAILED"
    grep -a -A6 -E 'panicked at|ERROR: libFuzzer|Test unit written' "$log" | cut -c 1-400
  fi
}

each() { tr ' ' '\n' <<<"$TARGETS" | grep . | xargs -P "$FUZZ_JOBS" -I{} bash "$0" "$1" {}; }

replay() {
  local results=$WORK/replay.txt
  build
  for target in $TARGETS; do make_seeds "$target"; done
  each --replay-one | tee "$results"
  local ok failed
  ok=$(grep -c '\.\.\. ok' "$results" || true)
  failed=$(($(wc -w <<<"$TARGETS") - ok))
  # As cargo's own tests say it.
  say "test result: $([ "$failed" -eq 0 ] && echo ok || echo FAILED). $ok passed; $failed failed; 0 ignored"
  [ "$failed" -eq 0 ]
}

fuzz() {
  build
  export FUZZ_BIN=$WORK/bin
  mkdir -p "$FUZZ_BIN"
  for target in $TARGETS; do
    cp --remove-destination "$BUILT/$target" "$FUZZ_BIN/$target"
    make_seeds "$target"
  done
  trap 'figures' EXIT
  each --run
}

case ${1:-} in
--fuzzer) fuzzer "${@:2}" ;;
--run) run_one "$2" ;;
--replay-one) replay_one "$2" ;;
--replay) replay ;;
--figures) figures ;;
'') fuzz ;;
*) give_up "fuzz.sh knows --replay and --figures." ;;
esac
