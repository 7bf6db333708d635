#!/bin/sh
# modprobe, lsmod, rmmod and modinfo of a node whose modules are names in a file: what this computer's
# kernel has or has not got does not change. Known are those of /usr/lib/rack/modules.
name=${0##*/}
loaded=/run/rack-kernel/modules
touch "$loaded"

known() {
  grep -qx "$1" /usr/lib/rack/modules
}
is_loaded() {
  grep -qx "$1" "$loaded"
}
unload() {
  sed -i "/^$1\$/d" "$loaded"
}

quiet='' delete='' dry='' wanted=''
for word; do
  case $word in
    -q | --quiet) quiet=yes ;;
    -r | --remove) delete=yes ;;
    -n | --dry-run | --show | -D | --show-depends) dry=yes ;;
    -*) ;;
    *=*) ;;
    *) wanted="$wanted $(echo "$word" | tr - _)" ;;
  esac
done
case $name in
  lsmod)
    echo 'Module                  Size  Used by'
    while read -r module; do printf '%-19s 32768  0\n' "$module"; done <"$loaded"
    exit
    ;;
  rmmod) delete=yes ;;
  modinfo) dry=yes ;;
esac
for module in $wanted; do
  if ! known "$module"; then
    [ -n "$quiet" ] || echo "$name: FATAL: Module $module not found in directory /lib/modules/$(uname -r)" >&2
    exit 1
  fi
  if [ "$name" = modinfo ]; then
    echo "filename:       /lib/modules/$(uname -r)/kernel/$module.ko"
  elif [ -n "$dry" ]; then
    :
  elif [ "$(id -u)" -ne 0 ]; then
    echo "$name: ERROR: could not insert '$module': Operation not permitted" >&2
    exit 1
  elif [ -n "$delete" ]; then
    unload "$module"
  elif ! is_loaded "$module"; then
    echo "$module" >>"$loaded"
  fi
done
