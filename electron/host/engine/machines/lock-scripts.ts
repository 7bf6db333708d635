/**
 * The lock of a machine, a directory there. A file called by a number holds an owner; the highest number
 * counts, and a number is given once only (`ln` makes it or fails), so that of two who take over one wins.
 * Age is told by the machine's own uptime and boot id: no clock that somebody sets takes part. Answers:
 * `held`, `lost`, `busy AGE HELD` and the owner's line, `released`, or `failed WORDS`. As root, POSIX sh.
 */
const common = `
directory=$1 id=$2
fail() { printf 'failed %s\\n' "$*"; exit 0; }
now() {
  read -r up _ </proc/uptime && up=\${up%%.*} && read -r boot </proc/sys/kernel/random/boot_id ||
    fail 'It tells neither uptime nor boot id.'
}
find_owner() {
  number=0 owner=
  for file in "$directory"/[0-9]*; do
    [ -f "$file" ] || continue
    [ "\${file##*/}" -gt "$number" ] && number=\${file##*/}
  done
  [ "$number" = 0 ] || { read -r owner <"$directory/$number"; } 2>/dev/null
}
beat() {
  printf '%s %s\\n' "$boot" "$up" >"$directory/new-beat-$id" &&
    mv -f "$directory/new-beat-$id" "$directory/beat-$id"
}
`;

/**
 * $3: the same for each try of one job; $4: who we are; $5: seconds until stale; $6: an owner to push out;
 * $7: seconds after which nobody waits for the answer: what hung for longer makes no lock that nobody would release.
 */
export const acquireScript = `${common}
same=$3 line=$4 stale=$5 push=$6 patience=$7
umask 077
now
began=$up
since() {
  if [ "$1" = "$boot" ]; then echo "$((up - $2))"; else echo "$up"; fi
}
# An owner links its file when it is whole: one that is there and cut is what a power cut left, and nobody's.
judge() {
  { { read -r _; read -r their_same; read -r their_line; read -r their_boot their_up; } <"$directory/$number"; } 2>/dev/null || {
    [ -f "$directory/$number" ] || return 2
    return 0
  }
  if { read -r beat_boot beat_up <"$directory/beat-$owner"; } 2>/dev/null; then
    age=$(since "$beat_boot" "$beat_up")
  else
    age=$(since "$their_boot" "$their_up")
  fi
  [ "$age" -ge "$stale" ] || [ "$owner" = "$push" ] || [ "$their_same" = "$same" ]
}
forget_others() {
  for file in "$directory"/beat-* "$directory"/new-*; do
    [ "$file" = "$directory/beat-$id" ] || rm -f "$file"
  done
}
tries=0
while [ "$tries" -lt 20 ]; do
  tries=$((tries + 1))
  said=$(mkdir -p "$directory" 2>&1) || fail "$said"
  find_owner
  [ "$owner" != "$id" ] || break
  if [ "$number" != 0 ]; then
    judge
    case $? in
      1)
        rm -f "$directory/new-$id" "$directory/beat-$id"
        echo "busy $age $(since "$their_boot" "$their_up") $owner"
        printf '%s\\n' "$their_line"
        exit 0 ;;
      2) continue ;;
    esac
  fi
  said=$( (printf '%s\\n' "$id" "$same" "$line" "$boot $up" >"$directory/new-$id" && beat) 2>&1) || {
    [ -d "$directory" ] || continue
    fail "$said"
  }
  now
  if [ "$((up - began))" -gt "$patience" ]; then
    rm -f "$directory/new-$id" "$directory/beat-$id"
    rmdir "$directory" 2>/dev/null && rmdir "\${directory%/*}" 2>/dev/null
    fail 'It took too long.'
  fi
  ln "$directory/new-$id" "$directory/$((number + 1))" 2>/dev/null || continue
  if [ "$number" != 0 ]; then
    judged=$owner
    owner=
    { read -r owner <"$directory/$number"; } 2>/dev/null
    if [ "$owner" != "$judged" ]; then
      rm -f "$directory/$((number + 1))"
      continue
    fi
    rm -f "$directory/$number"
  fi
  forget_others
  find_owner
  [ "$owner" != "$id" ] || break
done
[ "$owner" = "$id" ] && echo held || fail 'The lock could not be made.'
`;

/** Says whether it is still ours, and that we are there. */
export const beatScript = `${common}
now
find_owner
if [ "$owner" = "$id" ]; then
  beat 2>/dev/null
  echo held
else
  echo lost
  [ "$number" = 0 ] || sed -n 3p "$directory/$number"
fi
`;

export const releaseScript = `${common}
find_owner
[ "$owner" != "$id" ] || rm -f "$directory/$number"
rm -f "$directory/beat-$id" "$directory/new-$id" "$directory/new-beat-$id"
rmdir "$directory" 2>/dev/null && rmdir "\${directory%/*}" 2>/dev/null
echo released
`;
