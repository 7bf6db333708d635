#!/bin/sh
# dphys-swapfile of a Raspberry Pi: one file, made, used and taken away.
case $1 in
  setup | install)
    [ -e /var/swap ] || { echo 524284 >/var/swap && chmod 600 /var/swap; }
    ;;
  swapon) grep -q '^/var/swap ' /proc/swaps || swapon /var/swap ;;
  swapoff) ! grep -q '^/var/swap ' /proc/swaps || swapoff /var/swap ;;
  uninstall)
    "$0" swapoff
    rm -f /var/swap
    ;;
  *)
    echo "$0: ERROR: unknown command" >&2
    exit 1
    ;;
esac
