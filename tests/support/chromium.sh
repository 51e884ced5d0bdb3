#!/bin/sh
# The browser that the page is tested with. Without it those tests say that they were skipped, and why.
command -v chromium >/dev/null 2>&1 && exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "No chromium here: the tests that drive the page in a browser will be skipped." >&2
    exit 0
fi
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
echo "Installing chromium, which the page is tested with (the first time only)" >&2
$as_root apt-get update -qq >/dev/null 2>&1
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq chromium fonts-noto-color-emoji >/dev/null 2>&1 ||
    echo "chromium could not be installed: the tests that drive the page in a browser will be skipped." >&2
exit 0
