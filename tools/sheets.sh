#!/usr/bin/env bash
# Puts the pictures of every screen on sheets in docs/pictures/sheets, to be looked at one by one: a sheet for each mode and language,
# for the phone also at twice the text and in forced colours (`MOT_CUA_ROUNDS=all node --test everyone.test.js`), and the kiosk's
# journey on its three screens (kiosk.test.js). Needs ImageMagick.
set -euo pipefail
cd "$(dirname "$0")/.."
to="$PWD/docs/pictures/sheets"
mkdir -p "$to"
cd tests/browser/output/everyone

# sheet <name> <columns> <part of each picture> <tile> <pictures…>
sheet() {
  local name=$1 columns=$2 part=$3 tile=$4
  shift 4
  montage "$@" -crop "$part+0+0" +repage -resize "$tile" -background '#777' -gravity north -tile "${columns}x" -geometry +5+5 miff:- |
    convert - -strip -quality 45 -define webp:method=6 "$to/$name.webp"
}

for language in vi en km; do
  mapfile -t phone < <(find . -name "*-$language.png" ! -name 'desk-*' ! -name 'kiosk-*' -printf '%f\n' | sort | sed 's/\.png$//')
  sheet "phone-$language" 9 360x640 200x "${phone[@]/%/.png}"
  sheet "phone-$language-200" 13 360x1600 150x "${phone[@]/%/-200.png}"
  sheet "phone-$language-forced" 9 360x640 200x "${phone[@]/%/-forced.png}"
  mapfile -t desk < <(find . -name "desk-*-$language.png" | sort)
  sheet "desk-$language" 4 1366x768 450x "${desk[@]}"
  mapfile -t kiosk < <(find . -name "kiosk-*-$language.png" | sort)
  sheet "kiosk-$language" 6 1080x1920 300x "${kiosk[@]}"
done
cd ..
sheet kiosk-1080x1920 9 1080x1920 200x kiosk-*-1080.png
sheet kiosk-1920x1080 3 1920x1080 600x kiosk-*-1920.png
sheet kiosk-3840x2160 3 3840x2160 600x kiosk-*-3840.png
