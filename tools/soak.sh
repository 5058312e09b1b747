#!/usr/bin/env bash
# make soak: the long campaigns in whole: all scenes, thousands of spoilt files, many seeds in the browser. About half an
# hour.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/paths.sh
tools/setup.sh browsers
echo "· building"
build_app
cargo build --quiet --profile native -p sandbox -p scenes
echo "· sheets and judgements, natively"
SCENES=240 cargo test --quiet --profile native -p scan --test finding -- --nocapture
SCENES=60 FIRST=20000 cargo test --quiet --profile native -p scan --test judging -- --nocapture
echo "· spoilt files and senseless pictures, natively"
ROUNDS=4000 cargo test --quiet --profile native -p scan --test hostile -- --nocapture
echo "· spoilt files in the browser"
cd tests/browser
SEEDS=$(seq -s, 1 20) exec node --test --test-name-pattern='broken files' scanner.test.js
