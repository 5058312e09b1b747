#!/usr/bin/env bash
# make dev: the sandbox portal in front, and trunk behind it, which builds a debug app again when a file changes.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/paths.sh
tools/setup.sh
mkdir -p dist && touch dist/index.html
cargo build --quiet --profile native -p sandbox
target/native/sandbox --port "${PORT:-8080}" --data "${DATA:-data}" --app dist &
sandbox=$!
trap 'kill $sandbox 2>/dev/null' EXIT
unset NO_COLOR
with_wasm trunk watch
