# Running the steps of the set-up: quietly, with progress, with the seconds they took.
# A step is `step NAME HAVE GET`: where the command HAVE fails, GET is run and has to make it succeed.

LOGS=$TOOLS/log
mkdir -p "$LOGS"
STEP_TABLE=()
RUNNING=()   # "name|pid|start|have|log" of what runs in the background

# A name as a file's name.
log_of() { echo "$LOGS/$(echo "$1" | tr -c 'a-zA-Z0-9.\n' '-').log"; }

# Starts a step in the background, unless its result is there already.
begin_step() {
  local name=$1 have=$2 get=$3 log
  if "$have"; then return; fi
  log=$(log_of "$name")
  say "→ $name (log: $log)"
  # Its own process group, so that an interruption ends its children too; no terminal, so that nothing asks.
  set -m
  (set -e; "$get") >"$log" 2>&1 </dev/null 9>&- &
  set +m
  RUNNING+=("$name|$!|$SECONDS|$have|$log")
}

# Waits for the step of that name, or for all, and says every now and then how far they are.
finish_steps() {
  local name=${1:-} waited=0
  while reap_steps; is_running "$name"; do
    sleep 1
    waited=$((waited + 1))
    if [ $((waited % 20)) -eq 0 ]; then show_progress; fi
  done
}

step() {
  begin_step "$@"
  finish_steps "$1"
}

is_running() {
  local entry
  for entry in "${RUNNING[@]+"${RUNNING[@]}"}"; do
    if [ -z "$1" ] || [ "${entry%%|*}" = "$1" ]; then return 0; fi
  done
  return 1
}

# Takes note of what has ended.
reap_steps() {
  local entry name pid start have log left=()
  for entry in "${RUNNING[@]+"${RUNNING[@]}"}"; do
    IFS='|' read -r name pid start have log <<<"$entry"
    if kill -0 "$pid" 2>/dev/null; then
      left+=("$entry")
      continue
    fi
    wait "$pid" || step_failed "$name" "$log"
    use_tools
    "$have" || step_failed "$name" "$log"
    STEP_TABLE+=("$(printf '%5d s  %s' $((SECONDS - start)) "$name")")
    say "✓ $name: $((SECONDS - start)) s"
  done
  RUNNING=("${left[@]+"${left[@]}"}")
}

show_progress() {
  local entry name pid start have log far
  for entry in "${RUNNING[@]}"; do
    IFS='|' read -r name pid start have log <<<"$entry"
    # Cargo's bar says 12/345; everything else says something in its last line.
    far=$(tail -c 4000 "$log" | tr '\r' '\n' | grep -oE '[0-9]+/[0-9]+(:|\))' | tail -n 1 | tr -d ':)' || true)
    [ -n "$far" ] && far="$far crates" || far=$(tail -c 400 "$log" | tr '\r' '\n' | grep -v '^ *$' | tail -n 1 | cut -c 1-70 || true)
    say "  … $name, $((SECONDS - start)) s: $far"
  done
}

step_failed() {
  local name=$1 log=$2
  printf '\n--- the end of %s\n' "$log" >&2
  tail -c 3000 "$log" | tr '\r' '\n' | grep -v '^ *$' | tail -n 25 >&2
  give_up "The step '$name' failed; what it printed last stands above. When the cause is gone, the same command goes on where it stopped."
}

# An interruption (or a failure) ends what runs in the background. What was built so far stays.
end_background() {
  local status=$? entry pid
  trap - EXIT INT TERM
  for entry in "${RUNNING[@]+"${RUNNING[@]}"}"; do
    pid=$(cut -d'|' -f2 <<<"$entry")
    kill -TERM -- "-$pid" 2>/dev/null || true
  done
  exit "$status"
}
trap end_background EXIT
trap 'say; say "Interrupted. The same command goes on where this one stopped."; exit 130' INT TERM

print_step_table() {
  if [ ${#STEP_TABLE[@]} -eq 0 ]; then
    say "Everything that is needed is there already."
    return
  fi
  say "What the set-up did:"
  printf '%s\n' "${STEP_TABLE[@]}"
  printf '%5d s  %s\n' "$SECONDS" "in all (some of it at the same time)"
}

# Debian's packages: as root, or with a sudo that does not ask. The lists are renewed only when that is what was missing.
apt_install() {
  local root=()
  command -v apt-get >/dev/null || give_up "Please install by this system's own means what these Debian packages hold: $*"
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || give_up "Please run: sudo apt-get install $*"
    root=(sudo -n)
  fi
  local apt=("${root[@]+"${root[@]}"}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=120)
  "${apt[@]}" install -y --no-install-recommends "$@" && return
  "${apt[@]}" update
  "${apt[@]}" install -y --no-install-recommends "$@"
}
