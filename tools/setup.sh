#!/usr/bin/env bash
# Installs what is needed to build (and, with the word "browsers", to test) the project, and says what it does.
# Everything that is there already is left alone, so a second run takes a second.
#
#   tools/setup.sh            the WebAssembly target, wasm-bindgen, trunk, wasm-opt
#   tools/setup.sh browsers   the same, and Chromium, Firefox and WebKit with their drivers, and the test packages
#   tools/setup.sh bench      all that, and what the benchmarks compare with or check by
#
# Downloads go through cargo, npm and apt only, so a company's mirrors apply. The tools stand in one folder of
# the user's cache, shared by all check-outs; MOT_CUA_TOOLS moves it.
set -euo pipefail
cd "$(dirname "$0")/.."
source tools/paths.sh

say() { printf '· %s\n' "$*"; }
stop() { printf '\n✗ %s\n' "$*" >&2; exit 1; }
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else
  stop "This step needs root: $*. Run it yourself, then start again."; fi; }
apt_install() {
  command -v apt-get >/dev/null || stop "Please install $* with your system's package manager, then start again."
  as_root apt-get update -qq || true
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null ||
    stop "apt-get could not install: $*"
}

command -v cargo >/dev/null || stop "cargo was not found. Install Rust first (rustup), then start again."
command -v npm >/dev/null || stop "npm was not found. Install Node.js 20 or newer, then start again."
[ "$(node -p 'process.versions.node.split(".")[0]')" -ge 20 ] || stop "Node.js 20 or newer is needed; this is $(node --version)."
if ! command -v cc >/dev/null; then
  say "installing a C compiler, which Rust needs for linking (half a minute, once)"
  apt_install gcc libc6-dev
fi
mkdir -p "$MOT_CUA_TOOLS/bin"

# The version of a locked crate, read from Cargo.lock: the tool and the crate must be the same.
locked() { awk -v crate="$1" '$1=="name" && $3=="\""crate"\"" {getline; gsub(/"/,"",$3); print $3; exit}' Cargo.lock; }

# --- the WebAssembly target ------------------------------------------------------------------------------------
wasm_target() {
  [ -f "$MOT_CUA_TOOLS/toolchain" ] && return
  if rustup target list --installed 2>/dev/null | grep -qx wasm32-unknown-unknown ||
     timeout 120 rustup target add wasm32-unknown-unknown >/dev/null 2>&1; then
    : > "$MOT_CUA_TOOLS/toolchain"   # empty: the default toolchain has the target
    return
  fi
  say "rustup has no wasm32 target to give here; building it from Debian's Rust (about 2 minutes)"
  apt_install rustc-web cargo-web rust-web-src lld-19
  local version host sysroot work
  version=$(/usr/bin/rustc --version | cut -d' ' -f2)
  host=$(/usr/bin/rustc -vV | sed -n 's/^host: //p')
  sysroot=/usr/lib/rustlib/wasm32-unknown-unknown/lib
  if ! ls "$sysroot"/libstd-*.rlib >/dev/null 2>&1; then
    work=$(mktemp -d)
    cp -r "/usr/src/rustc-$version/library" "$work/library"
    (cd "$work/library" && env -u RUSTUP_TOOLCHAIN RUSTC_BOOTSTRAP=1 RUSTC=/usr/bin/rustc \
      __CARGO_DEFAULT_LIB_METADATA=stablestd CARGO_PROFILE_RELEASE_DEBUG=0 \
      RUSTFLAGS="-Zforce-unstable-if-unmarked -Cembed-bitcode=yes" \
      /usr/bin/cargo build --quiet --release --target wasm32-unknown-unknown -p sysroot --features compiler-builtins-mem) ||
      stop "The wasm32 standard library could not be built."
    as_root mkdir -p "$sysroot"
    as_root cp "$work"/library/target/wasm32-unknown-unknown/release/deps/*.rlib "$sysroot/"
    rm -rf "$work"
  fi
  as_root mkdir -p "/usr/lib/rustlib/$host/bin"
  as_root ln -sf /usr/bin/lld-19 "/usr/lib/rustlib/$host/bin/rust-lld"
  rustup toolchain link mot-cua-wasm /usr
  echo mot-cua-wasm > "$MOT_CUA_TOOLS/toolchain"
}

# --- the build's tools -----------------------------------------------------------------------------------------
has_version() { command -v "$1" >/dev/null && [ "$("$1" --version 2>/dev/null | awk '{print $2}')" = "$2" ]; }

wasm_bindgen() {
  local version; version=$(locked wasm-bindgen)
  has_version wasm-bindgen "$version" && return
  say "installing wasm-bindgen-cli $version (3 to 5 minutes, once)"
  # Without --locked: the lock file of 0.2.130 names a yanked crate.
  cargo install --quiet wasm-bindgen-cli --version "$version" --root "$MOT_CUA_TOOLS" ||
    stop "wasm-bindgen-cli $version could not be installed."
}

trunk_tool() {
  has_version trunk "$TRUNK_VERSION" && return
  say "installing trunk $TRUNK_VERSION (4 to 8 minutes, once)"
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo install --quiet --locked trunk --version "$TRUNK_VERSION" --no-default-features --features rustls \
      --root "$MOT_CUA_TOOLS" || stop "trunk $TRUNK_VERSION could not be installed."
}

npm_packages() { # folder, more options
  cmp -s "$1/package-lock.json" "$1/node_modules/.installed" && return
  say "installing the npm packages of $1 (up to 1 minute, once)"
  npm ci --prefix "$@" --no-audit --no-fund --silent || stop "npm could not install the packages of $1."
  cp "$1/package-lock.json" "$1/node_modules/.installed"
}

browsers() {
  if ! command -v chromedriver >/dev/null || ! command -v chromium >/dev/null; then
    say "installing Chromium and its driver (about 1 minute, once)"
    apt_install chromium chromium-driver fonts-dejavu-core
  fi
  if ! command -v firefox-esr >/dev/null || ! command -v WebKitWebDriver >/dev/null || ! command -v Xvfb >/dev/null; then
    say "installing Firefox, and WebKit with its driver (about 1 minute, once)"
    apt_install firefox-esr webkit2gtk-driver xvfb
  fi
  if ! command -v java >/dev/null; then
    say "installing Java, for the checker of HTML (half a minute, once)"
    apt_install default-jre-headless
  fi
  if ! has_version geckodriver "$GECKODRIVER_VERSION"; then
    say "installing geckodriver $GECKODRIVER_VERSION (2 to 4 minutes, once)"
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=0 \
      cargo install --quiet --locked geckodriver --version "$GECKODRIVER_VERSION" --root "$MOT_CUA_TOOLS" ||
      stop "geckodriver $GECKODRIVER_VERSION could not be installed."
  fi
  npm_packages tests/browser
}

bench_tools() {
  if ! command -v tesseract >/dev/null || ! command -v qpdf >/dev/null || ! command -v mutool >/dev/null; then
    say "installing Tesseract, qpdf and mutool (about 1 minute, once)"
    apt_install tesseract-ocr tesseract-ocr-vie qpdf mupdf-tools
  fi
  # jscanify names packages for Node that build C++; in a browser it needs none of them.
  npm_packages tests/bench --ignore-scripts
}

wasm_target
wasm_bindgen
trunk_tool
npm_packages tools
case "${1:-}" in
  browsers) browsers ;;
  bench) browsers; bench_tools ;;
esac
exit 0
