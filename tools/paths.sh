# Sourced by the scripts: where the build's tools stand, and which toolchain builds WebAssembly.
export MOT_CUA_TOOLS=${MOT_CUA_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/mot-cua}
export PATH="$PWD/tools/node_modules/.bin:$MOT_CUA_TOOLS/bin:$PATH"
TRUNK_VERSION=0.21.14
GECKODRIVER_VERSION=0.37.1

# Runs a command with the toolchain that has the wasm32 target; native builds keep the machine's own.
with_wasm() {
  local toolchain; toolchain=$(cat "$MOT_CUA_TOOLS/toolchain" 2>/dev/null || true)
  if [ -n "$toolchain" ]; then RUSTUP_TOOLCHAIN=$toolchain "$@"; else "$@"; fi
}

# Builds the release app; what the build says goes into a file and shows only if it fails.
build_app() {
  mkdir -p target
  tools/build.sh > target/build.log 2>&1 || { tail -40 target/build.log >&2; exit 1; }
}
