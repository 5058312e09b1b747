#!/usr/bin/env bash
# Builds the release app into dist/.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/paths.sh
export PATH="$PWD/tools/floor:$PATH"
unset NO_COLOR
# trunk runs offline, so that it takes our tools and downloads none of its own; the crates are fetched before.
with_wasm cargo fetch --quiet
# No path of the building machine in the download, and a shorter one besides.
for prefix in "$PWD"/ "${CARGO_HOME:-$HOME/.cargo}"/registry/src/*/; do
  RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=$prefix="
done
# Reference types came to Chromium with 96; our floor is 90 (tools/floor/wasm-bindgen does the rest).
export RUSTFLAGS="$RUSTFLAGS -Ctarget-feature=-reference-types"
with_wasm trunk build --release "$@"
