#!/bin/sh
# The kiosk's browser, with an empty profile in memory. mot-cua-kiosk.service runs it over and over.
# By hand: TMPDIR=/dev/shm ./start.sh https://motcua.example.vn
# CAGE_EXTRA and CHROMIUM_EXTRA hold further flags, VOICES the voices that read aloud, parted by spaces.
set -eu

address=${1:?the address of the app, such as https://motcua.example.vn}
home=${TMPDIR:-/tmp}/mot-cua-kiosk

# What the last start left is gone before the next person stands here.
rm -rf "$home"
mkdir -m 700 "$home"
if [ "$(stat -f -c %T "$home")" != tmpfs ]; then
    echo "$home is on a disk. A citizen's papers must not get there, so nothing starts." >&2
    exit 1
fi

# Everything that writes beside the profile writes here too: shaders, fonts, certificates, temporary files, sockets.
export HOME="$home" TMPDIR="$home" XDG_RUNTIME_DIR="$home"
unset XDG_CONFIG_HOME XDG_CACHE_HOME XDG_DATA_HOME XDG_STATE_HOME
# No session bus: no keyring, no portals, no desktop's dialogues.
export DBUS_SESSION_BUS_ADDRESS=disabled:
# The screen comes from logind or not at all: tried by other ways cage would wait for ever instead of ending.
export LIBSEAT_BACKEND=logind
# The browser's own words (an error page, a field's hint) are Vietnamese.
export LANG=C.UTF-8 LANGUAGE=vi

# Without cage's -s, Ctrl+Alt+F1…F12 do nothing.
# shellcheck disable=SC2086 # the further flags are several words
set -- cage -d ${CAGE_EXTRA:-} -- chromium --ozone-platform=wayland

# One page over the whole screen, without tabs, address or a way to close it.
set -- "$@" --kiosk --no-first-run --noerrdialogs
# Not --incognito: the profile is thrown away as a whole, and incognito would give the page less room for photographs.
set -- "$@" --user-data-dir="$home/profile" --password-store=basic
# What the portal answered one person is not kept for the next. The app itself is kept by its service worker.
set -- "$@" --disk-cache-size=1
# Nothing is asked of Google's servers.
set -- "$@" --disable-background-networking
# Fingers: no page left zoomed for the next person, no way back by a swipe from the edge.
set -- "$@" --touch-events=enabled --disable-pinch --overscroll-history-navigation=0
# Reading aloud. Without this flag Chromium has no voice; with it, it starts speech-dispatcher and that espeak-ng. Without a sound
# card a sentence would begin and never end, so then there is no voice and the app says so. A card may come a little late.
card() { grep -q '^ *[0-9]' /proc/asound/cards 2>/dev/null; }
for _ in 1 2 3 4 5; do card || sleep 1; done
data=$(dpkg -L espeak-ng-data 2>/dev/null | sed -n 's|/phontab$||p')
if card && [ -n "$data" ]; then
    set -- "$@" --enable-speech-dispatcher
    # Only these voices, without their hundred variants each: of all 13,000 the list comes two seconds late, and by then the app
    # has said that there is none. Of several voices of a language the app takes the first by name.
    mkdir -p "$home/espeak-ng-data/voices"
    for part in "$data"/*; do
        case $part in */lang | */voices) ;; *) ln -s "$part" "$home/espeak-ng-data/" ;; esac
    done
    for voice in ${VOICES:-aav/vi gmw/en-US}; do
        mkdir -p "$home/espeak-ng-data/lang/${voice%/*}"
        ln -sf "$data/lang/$voice" "$home/espeak-ng-data/lang/$voice"
    done
    export ESPEAK_DATA_PATH="$home"
fi
# The receipt goes to the default printer at once, without a dialogue. The policy must allow both pages of the preview for it,
# chrome://print and chrome-untrusted://print: print() never returns where one is blocked.
set -- "$@" --kiosk-printing
# Not --use-fake-ui-for-media-stream, which gives the camera to every page: the policy gives it to this address alone.

# shellcheck disable=SC2086
exec "$@" ${CHROMIUM_EXTRA:-} "$address/?mode=kiosk"
