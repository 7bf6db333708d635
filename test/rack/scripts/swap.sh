#!/bin/sh
# swapon and swapoff of a node: its swap files hold their size in KiB, and what is in use is what its
# /proc/swaps and /proc/meminfo say. This computer's own swap is never asked.
name=${0##*/}
all='' wanted='' show=''
for word; do
  case $word in
    -a | --all) all=yes ;;
    -s | --summary | --show | --show=*) show=$word ;;
    --noheadings) quiet=yes ;;
    -*) ;;
    *) wanted="$wanted $word" ;;
  esac
done

in_use() {
  sed 1d /proc/swaps | while read -r file _; do echo "$file"; done
}

# Written in place: other files of the same name would not be seen below a mount.
count() {
  total=$(awk 'NR > 1 { sum += $3 } END { print sum + 0 }' /proc/swaps)
  awk -v total="$total" '/^Swap(Total|Free):/ { printf "%-14s %9d kB\n", $1, total; next } { print }' \
    /proc/meminfo >/run/rack-kernel/new
  cat /run/rack-kernel/new >/proc/meminfo
}

if [ "$name" = swapon ] && [ -z "$all$wanted" ]; then
  case $show in
    -s | --summary) cat /proc/swaps ;;
    *)
      [ -z "$(in_use)" ] || {
        [ -n "${quiet:-}" ] || echo 'NAME      TYPE SIZE USED PRIO'
        sed 1d /proc/swaps | while read -r file kind size used order; do
          echo "$file $kind $((size / 1024))M ${used}B $order"
        done
      }
      ;;
  esac
  exit
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "$name: Not superuser." >&2
  exit 1
fi
if [ -n "$all" ]; then
  if [ "$name" = swapoff ]; then wanted="$wanted $(in_use)"
  else wanted="$wanted $(awk '$1 !~ /^#/ && $3 == "swap" { print $1 }' /etc/fstab 2>/dev/null)"
  fi
fi
failed=0
for file in $wanted; do
  if [ "$name" = swapoff ]; then
    if ! in_use | grep -qxF "$file"; then
      echo "swapoff: $file: swapoff failed: Invalid argument" >&2
      failed=1
      continue
    fi
    awk -v file="$file" '$1 != file' /proc/swaps >/run/rack-kernel/new
    cat /run/rack-kernel/new >/proc/swaps
  elif in_use | grep -qxF "$file"; then
    [ -n "$all" ] || { echo "swapon: $file: swapon failed: Device or resource busy" >&2; failed=1; }
  elif [ ! -f "$file" ]; then
    echo "swapon: cannot open $file: No such file or directory" >&2
    failed=1
  else
    read -r size <"$file"
    printf '%-40sfile\t\t%s\t\t0\t\t-2\n' "$file" "$size" >>/proc/swaps
  fi
done
count
exit "$failed"
