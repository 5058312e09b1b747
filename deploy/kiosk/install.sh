#!/bin/sh
# Makes a fresh Debian 12 the lobby kiosk of one address. Run it as root; run it again to change the address.
set -eu

address=${1:-}
if ! echo "$address" | grep -Eqx 'https://[a-z0-9.-]+(:[0-9]+)?|http://(localhost|127\.0\.0\.1)(:[0-9]+)?'; then
    echo "usage: $0 https://motcua.example.vn    (no slash at the end; without https a browser lends no camera)" >&2
    exit 2
fi
cd "$(dirname "$0")"

# Recommended packages would bring a desktop's parts. cage 0.1.4 does not start without xwayland,
# and logind does not give it the screen without polkitd. Chromium says texts through speech-dispatcher and its module for
# espeak-ng; without the two it has no voice. alsa-utils sets the sound card's volume at the machine's start, a card may begin mute.
export DEBIAN_FRONTEND=noninteractive
apt-get update
apt-get install -y --no-install-recommends \
    cage xwayland libgl1-mesa-dri chromium chromium-sandbox chromium-l10n fonts-noto-core libpam-systemd dbus polkitd cups \
    speech-dispatcher speech-dispatcher-espeak-ng alsa-utils

# Nobody can log in as kiosk: it has no password, no shell, no home.
id kiosk >/dev/null 2>&1 || useradd --system --home-dir /nonexistent --shell /usr/sbin/nologin kiosk

install -D -m 755 -t /usr/local/lib/mot-cua-kiosk start.sh printer.sh
install -m 644 mot-cua-kiosk.service /etc/systemd/system/
install -d /etc/chromium/policies/managed
sed "s|@ADDRESS@|$address|" policy.json >/etc/chromium/policies/managed/mot-cua-kiosk.json
# CAGE_EXTRA, CHROMIUM_EXTRA and VOICES that staff wrote here stay.
settings=/etc/default/mot-cua-kiosk
touch $settings
sed -i '/^ADDRESS=/d' $settings
echo "ADDRESS=$address" >>$settings

# Speech goes to ALSA: speech-dispatcher looks for PulseAudio alone, says nothing without it, and the app would wait for ever for
# the end of the first sentence. Its other modules bring no voice.
printf 'AudioOutputMethod "alsa"\nAddModule "espeak-ng" "sd_espeak-ng" "espeak-ng.conf"\nDefaultModule "espeak-ng"\n' \
    >/etc/speech-dispatcher/clients/mot-cua-kiosk.conf

# Memory stays memory: no swap now, none after a restart.
swapoff -a
systemctl mask swap.target

# What is being printed waits in memory, and no list of it is kept.
grep -q ' /var/spool/cups ' /etc/fstab || echo 'tmpfs /var/spool/cups tmpfs mode=0710,gid=lp,size=64m 0 0' >>/etc/fstab
systemctl daemon-reload
systemctl stop cups.service
mountpoint -q /var/spool/cups || mount /var/spool/cups
systemctl start cups.service
cupsctl PreserveJobHistory=No

# A keyboard that a stranger plugs in finds no login prompt, no restart by Ctrl+Alt+Del, no SysRq.
install -d /etc/systemd/logind.conf.d
printf '[Login]\nNAutoVTs=0\nReserveVT=0\n' >/etc/systemd/logind.conf.d/mot-cua-kiosk.conf
systemctl disable getty@tty1.service
systemctl mask ctrl-alt-del.target
echo 'kernel.sysrq = 0' >/etc/sysctl.d/mot-cua-kiosk.conf

systemctl enable mot-cua-kiosk.service
echo "Restart the machine. Then tty1 shows $address"
