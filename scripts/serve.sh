#!/usr/bin/env bash
# Serves the demo page, and builds it again when a source changes.
set -euo pipefail

. "$(dirname "${BASH_SOURCE[0]}")/env.sh"
. scripts/small-modules.sh

port=${NIANBAO_PORT:-8080}
if (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
  give_up "Port $port is in use. Please choose another: NIANBAO_PORT=$((port + 1)) make run"
fi

say "→ Building the demo page (a first build compiles every crate and takes a minute or two)."
say "  Then it stands at http://127.0.0.1:$port/ until Ctrl-C."
# Not into dist/: the served page carries a script that reloads it.
mkdir -p target/serve
exec trunk serve --skip-version-check --dist target/serve --port "$port"
