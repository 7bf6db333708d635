#!/bin/sh
# Unpacks Debian packages without installing them, each into a directory of its name, as they would
# lie in a file system whose /bin, /sbin and /lib are links into /usr.
# $1: where to; then the names.
set -eu
into=$1
shift
command -v apt-get >/dev/null
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
chmod 755 "$place"
cd "$place"
apt-get download -q "$@" || { apt-get update -q && apt-get download -q "$@"; }
mkdir -p "$into"
for name; do
  # Two that start at once may both do this; whoever is second finds it done.
  fresh=$(mktemp -d "$into/.fresh.XXXXXX")
  chmod 755 "$fresh"
  dpkg-deb --fsys-tarfile "$name"_*.deb | tar -x -f - -C "$fresh" --no-same-owner \
    --transform 's,^\./\(s\?bin\|lib\)\(/\|$\),./usr/\1\2,' \
    --exclude './usr/share/doc' --exclude './usr/share/man' --exclude './usr/share/locale'
  mv -T "$fresh" "$into/$name" 2>/dev/null || rm -rf "$fresh"
done
