#!/usr/bin/env bash
# make check: formatting, clippy with warnings denied, the byte budget of the first download.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/paths.sh
tools/setup.sh
cargo fmt --all --check
cargo clippy --quiet --workspace --all-targets --profile native -- -D warnings
node tools/guides.mjs --quiet > /dev/null
node tools/messages.mjs ease --quiet
[ -f dist/index.html ] || build_app
node tools/budget.mjs
