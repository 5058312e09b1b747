#!/bin/sh
# Root, before each start: without a default printer print() would never return and the screen stay black. Then Chromium
# may not print, and print() does nothing.
policy=/etc/chromium/policies/managed/mot-cua-kiosk-no-printer.json
if LC_ALL=C timeout 10 lpstat -d | grep -q '^system default'; then
    rm -f $policy
else
    echo '{"PrintingEnabled": false}' >$policy
fi
