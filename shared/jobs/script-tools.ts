/**
 * What each script of a plan begins with. POSIX sh; tried with dash, bash and busybox. The file is
 * replaced by a rename, so that it is never there in part; what is a link stays one.
 */
export const scriptTools = String.raw`set -eu
umask 022

# Names and messages reach the terminal as text alone.
say() { printf '%s\n' "$*" | tr -d '\001-\010\013-\037\177'; }

stop() {
  say "Stopped in phase $phase: $*" >&2
  exit 1
}

phase=0
ended() {
  code=$?
  if [ "$code" -ne 0 ] && [ "$phase" -gt 0 ]; then
    say "It ended in phase $phase. To go on there: sh $script $machine $phase" >&2
  fi
}
trap ended EXIT

# due NUMBER TITLE: whether this phase is to be done, and says that it begins.
due() {
  [ "$1" -ge "$first" ] || return 1
  phase=$1
  say "Phase $1 of $phases: $2"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo -- "$@"; fi
}

# by WHO COMMAND...: as this user (self) or as root.
by() {
  who=$1
  shift
  if [ "$who" = root ]; then as_root "$@"; else "$@"; fi
}

# Prints who can look at the file and write it.
writer_of() {
  if [ -w "$(dirname -- "$1")" ] && { [ ! -e "$1" ] || { [ -r "$1" ] && [ -w "$1" ]; }; }; then
    echo self
  else
    echo root
  fi
}

# For sh -c, which does not know the functions of this script.
hash_tool='
hash() {
  if command -v sha256sum > /dev/null; then
    sha256sum
  elif command -v shasum > /dev/null; then
    shasum -a 256
  else
    openssl dgst -sha256 -r
  fi | cut -d " " -f 1
}
'

# hash_of WHO PATH: SHA-256 of the file, "none" where there is none, nothing where it cannot be read.
hash_of() {
  by "$1" sh -c "$hash_tool"'
    if [ -e "$1" ] || [ -L "$1" ]; then hash < "$1"; else echo none; fi' sh "$2"
}

# Takes what a here-document must add to the last line away again.
without_end() {
  text=$(cat)
  printf '%s' "$text"
}

from_base64() {
  if command -v base64 > /dev/null; then base64 -d; else openssl base64 -d; fi
}

# change_file PATH OLD NEW MODE: standard input becomes the file. OLD and NEW are hashes, or "none" for
# no file; MODE may be "keep".
change_file() {
  path=$1 old=$2 new=$3 mode=$4
  writer=$(writer_of "$path")
  now=$(hash_of "$writer" "$path")
  if [ "$now" != "$old" ] && [ "$now" != "$new" ]; then
    stop "$path is not as it was when this was planned. Look at it, and plan anew."
  fi
  if [ "$now" != "$new" ] && [ "$new" = none ]; then
    by "$writer" rm -- "$path"
  elif [ "$now" != "$new" ]; then
    by "$writer" sh -c "$hash_tool"'
      set -eu
      target=$1
      if [ -L "$target" ]; then target=$(readlink -f -- "$target"); fi
      mkdir -p -- "$(dirname -- "$target")"
      fresh=$target.rackhelm-new
      rm -f -- "$fresh"
      # With the owner and the mode of the old one, where there is one.
      if [ -e "$target" ]; then cp -p -- "$target" "$fresh"; else : > "$fresh"; fi
      # Nobody else reads it before it has its mode.
      if [ "$2" != keep ]; then chmod -- 0600 "$fresh"; fi
      cat > "$fresh"
      if [ "$(hash < "$fresh")" != "$3" ]; then
        rm -f -- "$fresh"
        echo "It did not arrive whole." >&2
        exit 1
      fi
      if [ "$2" != keep ]; then chmod -- "$2" "$fresh"; fi
      mv -f -- "$fresh" "$target"' sh "$path" "$mode" "$new"
  fi
  if [ "$new" != none ] && [ "$mode" != keep ]; then by "$writer" chmod -- "$mode" "$path"; fi
  [ "$(hash_of "$writer" "$path")" = "$new" ] || stop "$path could not be written."
}`;
