#!/usr/bin/env bash
# Holds what the project is made of against deny.toml, and against what is known of its weaknesses.
# `audit.sh crates` does what needs no network and always comes to the same: licences, crates in two versions, where
# they come from. Without it, also what is known of weaknesses in the crates and in the npm packages; of those that
# only the tests and the measurements use it only tells.
#
# Where the database of advisories cannot be reached, NIANBAO_ADVISORIES may name a copy of its git repository.
set -uo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

ADVISORIES=https://github.com/RustSec/advisory-db
failed=()

crates() { cargo-deny --locked --offline check licenses bans sources; }

# The answer of a database may take its time; that there is one at all is asked for a moment only.
advisories() {
  if [ -n "${NIANBAO_ADVISORIES:-}" ]; then
    export GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="url.$NIANBAO_ADVISORIES.insteadOf" GIT_CONFIG_VALUE_0=$ADVISORIES
  fi
  if ! GIT_TERMINAL_PROMPT=0 timeout 20 git ls-remote --quiet --exit-code "$ADVISORIES" HEAD >/dev/null 2>&1; then
    say "The database of advisories, $ADVISORIES, cannot be reached from here: what is known of weaknesses in the crates was not looked up. NIANBAO_ADVISORIES may name a copy of it."
    return
  fi
  timeout 300 cargo-deny --locked check advisories
}

# npm_audit WHAT FOLDER: 1 where something is known, 0 where nothing is, or nobody can be asked.
npm_audit() {
  local what=$1 folder=$2 answer
  # npm fails where something is known as it does where nobody answers.
  answer=$(cd "$folder" && timeout 60 npm audit --package-lock-only --json 2>/dev/null) || true
  node -e '
    const [what] = process.argv.slice(1);
    let answer = {};
    try { answer = JSON.parse(require("node:fs").readFileSync(0, "utf8")); } catch (none) {}
    if (answer.vulnerabilities) {
      const known = Object.values(answer.vulnerabilities);
      console.log(`${what}: ${known.length === 0 ? "nothing is known." : `${known.length} packages have known weaknesses.`}`);
      for (const { name, severity, range } of known) console.log(`  ${name} ${range}: ${severity}`);
      process.exitCode = known.length > 0 ? 1 : 0;
    } else {
      console.log(`${what}: the npm registry does not answer what is known of weaknesses; nothing was looked up.`);
    }' "$what" <<<"$answer"
}

# The one package that is shipped is installed without a lock file, which an audit needs.
shipped() {
  local folder status
  folder=$(mktemp -d)
  printf '{"private":true,"dependencies":{"fflate":"%s"}}\n' "$FFLATE_VERSION" >"$folder/package.json"
  (cd "$folder" && timeout 60 npm install --package-lock-only --ignore-scripts --no-audit --no-fund --loglevel=error) >/dev/null 2>&1
  npm_audit "fflate $FFLATE_VERSION, which offline files carry" "$folder"
  status=$?
  rm -rf "$folder"
  return "$status"
}

crates || failed+=("crates")
if [ "${1:-}" != crates ]; then
  advisories || failed+=("advisories")
  shipped || failed+=("npm")
  for folder in tests/browser tests/frameworks benches/peers; do
    npm_audit "$folder, which is not shipped" "$folder" || true
  done
fi
if [ ${#failed[@]} -gt 0 ]; then give_up "The audit found what is told above: ${failed[*]}."; fi
