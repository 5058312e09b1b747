#!/usr/bin/env bash
# Builds the release app into dist/.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/paths.sh
unset NO_COLOR
# trunk runs offline, so that it takes our tools and downloads none of its own; the crates are fetched before.
with_wasm cargo fetch --quiet
with_wasm trunk build --release "$@"
