#!/bin/sh
# Unpacks Debian packages without installing them, each into a directory of its name, as they would
# lie in a file system whose /bin, /sbin and /lib are links into /usr. What was fetched is kept by
# version outside of the checkout, so that a fresh clone fetches nothing anew.
# $1: where to; then the names.
set -eu
into=$1
shift
command -v apt-get >/dev/null
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
chmod 755 "$place"
cd "$place"
cache=${XDG_CACHE_HOME:-${HOME:-$place}/.cache}/rackhelm/debian
mkdir -p "$cache" "$into"

# A line each, without asking the network: 'URI' FILE SIZE SHA256:SUM. The name of the file tells the version.
uris() { apt-get download -q --print-uris "$@" >wanted; }
uris "$@" || { apt-get update -q && uris "$@"; }
missing=
while read -r _ file _ sum; do
  echo "${sum#SHA256:}  $cache/$file" | sha256sum --check --status 2>/dev/null || missing="$missing ${file%%_*}"
done <wanted
if [ -n "$missing" ]; then
  # shellcheck disable=SC2086 # names of packages hold no spaces
  apt-get download -q $missing || { apt-get update -q && apt-get download -q $missing; }
  for got in *.deb; do
    # Another run may read the cache meanwhile: what has its name there is whole, older ones go after.
    cp "$got" "$cache/.$got.$$"
    mv "$cache/.$got.$$" "$cache/$got"
    find "$cache" -name "${got%%_*}_*.deb" ! -name "$got" -delete
  done
fi
for name; do
  # Two that start at once may both do this; whoever is second finds it done.
  fresh=$(mktemp -d "$into/.fresh.XXXXXX")
  chmod 755 "$fresh"
  dpkg-deb --fsys-tarfile "$cache/$name"_*.deb | tar -x -f - -C "$fresh" --no-same-owner \
    --transform 's,^\./\(s\?bin\|lib\)\(/\|$\),./usr/\1\2,' \
    --exclude './usr/share/doc' --exclude './usr/share/man' --exclude './usr/share/locale'
  mv -T "$fresh" "$into/$name" 2>/dev/null || rm -rf "$fresh"
done
