#!/usr/bin/env bash
# Builds dist/: what a portal serves. Called by make, which knows whether that is needed.
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
. scripts/small-modules.sh

say "→ Building dist/ (a first build compiles every crate and takes a minute or two)."
start=$SECONDS
trunk build --skip-version-check "$@"
node scripts/check-dist.mjs dist
# Trunk replaces dist/ as a whole, so that this is there only after a build by this script.
touch dist/.built
say "✓ dist/ is built: $((SECONDS - start)) s"
