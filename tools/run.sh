#!/usr/bin/env bash
# make run: installs what is missing, builds, and starts the sandbox portal with the app on one loopback address.
# PORT (8080) and DATA (./data) can be set in the environment.
set -euo pipefail
cd "$(dirname "$0")/.."
tools/setup.sh
newer=$(find src scan/src public style index.html Trunk.toml Cargo.toml Cargo.lock scan/Cargo.toml tools/build.sh \
  tools/post-build.mjs -newer dist/index.html -print -quit 2>/dev/null || echo first)
if [ ! -f dist/index.html ] || [ -n "$newer" ]; then
  echo "· building the app (2 to 5 minutes the first time, 1 minute later)"
  mkdir -p target
  tools/build.sh > target/build.log 2>&1 || { tail -40 target/build.log >&2; echo "✗ The app could not be built; target/build.log has the whole story." >&2; exit 1; }
fi
[ -x target/native/sandbox ] || echo "· building the sandbox portal (1 to 2 minutes, once)"
cargo build --quiet --profile native -p sandbox
exec target/native/sandbox --port "${PORT:-8080}" --data "${DATA:-data}" --app dist
