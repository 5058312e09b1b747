#!/usr/bin/env bash
# make test: all tests, from a clean check-out. Installs what they need, Chromium and its driver among it.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/paths.sh
tools/setup.sh browsers
echo "· building the app"
build_app
node tools/budget.mjs
echo "· native and contract tests"
cargo test --quiet --profile native --workspace
echo "· browser journeys"
cargo build --quiet --profile native -p sandbox -p scenes
cd tests/browser
exec node --test --test-reporter=spec
