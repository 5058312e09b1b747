#!/usr/bin/env bash
# make bench: the scanner, the search and the sending beside their peers, in tables (target/bench-*.md). About half an hour.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/paths.sh
tools/setup.sh bench
echo "· building the app and the scenes"
build_app
cargo build --quiet --profile native -p scenes -p sandbox
echo "· how often the judge is right"
SCENES="${JUDGED:-36}" cargo test --quiet --profile native -p scan --test judging -- --nocapture | tee target/bench-judge.txt
echo "· two hundred dossiers over bad networks, and the same files through tus-js-client"
DOSSIERS=200 cargo test --quiet --profile native --test faults -- --nocapture | tee target/bench-faults.txt
DOSSIERS=200 node tests/bench/sending.mjs
echo "· the scanner and its peers"
scanner=0; node tests/bench/scanner.mjs || scanner=1
echo "· the search and its peers"
with_wasm cargo build --quiet --release --target wasm32-unknown-unknown -p bench-engine
wasm-bindgen --target web --out-dir target/bench-engine target/wasm32-unknown-unknown/release/bench_engine.wasm
wasm-opt -Oz --enable-bulk-memory --enable-nontrapping-float-to-int --enable-sign-ext --enable-mutable-globals \
  --enable-reference-types --enable-multivalue -o target/bench-engine/bench_engine_bg.wasm target/bench-engine/bench_engine_bg.wasm
node tests/bench/search.mjs && exit "$scanner"
