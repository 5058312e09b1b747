#!/usr/bin/env bash
# make soak: the long campaigns in whole: all scenes, thousands of spoilt files, faults while sending, the browser killed
# again and again, strangers and people at the counter by the dozen. About an hour.
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
ROUNDS=1000 cargo test --quiet --profile native -p scan --test hostile -- --nocapture
echo "· two hundred dossiers through a thousand faults, five times"
for seed in 1 2 3 4 5; do
  SEED=$seed DOSSIERS=200 cargo test --quiet --profile native --test faults -- --nocapture
done
cd tests/browser
echo "· the browser killed at forty moments"
SEEDS=$(seq -s, 1 40) node --test kills.test.js
echo "· every screen in every language, with pictures, at twice the text and in forced colours"
MOT_CUA_ROUNDS=all node --test everyone.test.js
echo "· fifty strangers at the kiosk, twenty people at the desk"
STRANGERS=50 node --test strangers.test.js
PEOPLE=20 node --test --test-name-pattern=interleaved desk.test.js
echo "· spoilt files in the browser"
SEEDS=$(seq -s, 1 20) exec node --test --test-name-pattern='broken files' scanner.test.js
