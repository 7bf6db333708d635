/**
 * Scripts that read and change one file as root. They answer with one line, then maybe the content:
 * `file MODE UID GID`, `absent`, `odd`, `changed`, `lost`, `done`, or `failed WORDS`. POSIX sh, and of tools ls,
 * cat, cp, mv, rm, mkdir, readlink and sha256sum, all of which busybox has too.
 */
const look = `
look() {
  if ! seen=$(ls -lndL "$1" 2>&1); then
    case $seen in
      *'No such file or directory'* | *'Not a directory'*) echo absent ;;
      *) echo "failed $seen" ;;
    esac
  elif [ ! -f "$1" ]; then
    echo odd
  else
    set -f
    set -- $seen
    set +f
    echo "file \${1%[.+@]} $3 $4"
  fi
}
sum() { sha256sum | cut -d ' ' -f 1; }
`;

export const readScript = `${look}
state=$(look "$1")
printf '%s\\n' "$state"
case $state in 'file '*) cat "$1" ;; esac
`;

/** $1: the path; $2: the state that is expected; $3: the sum of the content that is expected. */
const compare = `${look}
path=$1
fail() { printf 'failed %s\\n' "$*"; exit 0; }
end=$path links=0
while [ -L "$end" ]; do
  links=$((links + 1))
  [ "$links" -le 40 ] || fail 'Too many levels of symbolic links'
  to=$(readlink "$end"; echo x)
  to=\${to%x}
  to=\${to%?}
  case $to in /*) end=$to ;; *) end=\${end%/*}/$to ;; esac
done
state=$(look "$path")
case $state in failed* | odd) printf '%s\\n' "$state"; exit 0 ;; esac
changed() { echo changed; exit 0; }
[ "$state" = "$2" ] || changed
[ "$state" = absent ] || [ "$(sum <"$end")" = "$3" ] || changed
directory=\${end%/*}
`;

/**
 * $1: the directory of the machine's lock, empty: none is held; $2: our id there. Asked just before the change:
 * what a host that died had sent may arrive after another job has undone it.
 */
const fence = `
still_ours() {
  [ "$1" ] || return 0
  number=0 owner=
  for file in "$1"/[0-9]*; do
    [ -f "$file" ] && [ "\${file##*/}" -gt "$number" ] && number=\${file##*/}
  done
  { read -r owner <"$1/$number"; } 2>/dev/null
  [ "$owner" = "$2" ] && return 0
  echo lost
  exit 0
}
`;

/** $4 and $5: as `fence` takes them; $6: `folder`: it goes as well where it is empty then. */
export const deleteScript = `${compare}${fence}
still_ours "$4" "$5"
said=$(rm -f "$end" 2>&1) || fail "$said"
[ "$6" != folder ] || ! rmdir "$directory" 2>/dev/null || directory=\${directory%/*}
sync "\${directory:-/}" 2>/dev/null || sync
echo done
`;

/**
 * $4: the mode, `keep`, or `new`; $5: the sum of the new content; $6: how the temporary file is called;
 * $7 and $8: as `fence` takes them.
 */
export function writeScript(content: string): string {
  return `${compare}${fence}
content() {
${content}
}
mode=$4 made= temporary=
[ -d "\${directory:-/}" ] || made=$directory
# A folder that was made for it goes where the file did not come about: else it is not empty.
trap '[ -z "$temporary" ] || rm -f "$temporary"; [ -z "$made" ] || rmdir "$made" 2>/dev/null' EXIT
said=$(mkdir -p "\${directory:-/}" 2>&1) || fail "$said"
temporary=$directory/$6
trap 'exit 1' HUP INT TERM
said=$(rm -f "$temporary" 2>&1) || fail "$said"
said=$( (umask 077; set -C; : >"$temporary") 2>&1) || fail "$said"
if [ "$state" != absent ]; then
  said=$(cp --preserve=all "$end" "$temporary" 2>&1 || cp -p "$end" "$temporary" 2>&1) || fail "$said"
fi
said=$( (content | cat >"$temporary") 2>&1)
if [ -n "$said" ] || [ "$(sum <"$temporary")" != "$5" ]; then
  case $(df -kP "\${directory:-/}" | { read -r _; read -r _ _ _ free _; echo "$free"; }) in
    0) said="$said: No space left on device" ;;
  esac
  fail "\${said:-The content did not arrive whole.}"
fi
if [ "$mode" != keep ]; then
  said=$(chmod "$mode" "$temporary" 2>&1) ||
    case $(stat -fc %T "\${directory:-/}" 2>/dev/null) in msdos | vfat | exfat | fuseblk) ;; *) fail "$said" ;; esac
fi
sync "$temporary" 2>/dev/null || sync
still_ours "$7" "$8"
if [ "$state" = absent ] && ln "$temporary" "$end" 2>/dev/null; then
  rm -f "$temporary"
else
  [ "$state" != absent ] || [ "$(look "$end")" = absent ] || changed
  said=$(mv -f "$temporary" "$end" 2>&1) || fail "$said"
fi
[ "$state" != absent ] || restorecon "$end" 2>/dev/null
sync "\${directory:-/}" 2>/dev/null || sync
echo done
`;
}
