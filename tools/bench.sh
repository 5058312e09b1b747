#!/usr/bin/env bash
# make bench: the scanner beside its peers, in one table (target/bench-scanner.md). About ten minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/paths.sh
tools/setup.sh bench
echo "· building the app and the scenes"
build_app
cargo build --quiet --profile native -p scenes
echo "· how often the judge is right"
SCENES="${JUDGED:-36}" cargo test --quiet --profile native -p scan --test judging -- --nocapture | tee target/bench-judge.txt
echo "· the scanner and its peers"
exec node tests/bench/scanner.mjs
