#!/bin/sh
# Unpacks a Debian package without installing it. $1: its name, $2: where to.
set -eu
command -v apt-get >/dev/null
mkdir -p "$2"
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
chmod 755 "$place"
cd "$place"
apt-get download -q "$1" || { apt-get update -q && apt-get download -q "$1"; }
dpkg-deb -x ./*.deb "$2"
