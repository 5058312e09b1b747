#!/usr/bin/env bash
# make bench: the scanner beside its peers, in one table (target/bench-scanner.md). About ten minutes.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/paths.sh
mkdir -p target
tools/setup.sh bench
echo "· building the app and the scenes"
tools/build.sh > target/build.log 2>&1 || { tail -40 target/build.log >&2; exit 1; }
cargo build --quiet --profile native -p scenes
echo "· how often the judge is right"
SCENES="${JUDGED:-36}" cargo test --quiet --profile native -p scan --test judging -- --nocapture | tee target/bench-judge.txt
echo "· the scanner and its peers"
exec node tests/bench/scanner.mjs
