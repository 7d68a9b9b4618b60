#!/usr/bin/env bash
# Writes the npm package and the folder of files for a server into pkg/, or the folder that is named. Called by make,
# which knows whether that is needed.
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/env.sh"

out=${1:-pkg}
say "→ Packing dist/ into $out/."
node scripts/package.mjs dist "$out"
touch "$out/.packed"
