#!/bin/sh
# Called by mmdebstrap: writes down which Debian packages the image's base is made of, as scanners
# look for them in images that have no package manager.
set -eu
mkdir -p "$1/var/lib/dpkg/status.d"
for package in "$1"/var/cache/apt/archives/*.deb; do
  name=$(dpkg-deb -f "$package" Package)
  dpkg-deb -f "$package" >"$1/var/lib/dpkg/status.d/$name"
done
