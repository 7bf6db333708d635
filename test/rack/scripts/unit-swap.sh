#!/bin/sh
# dphys-swapfile as a unit; see systemctl.sh.
case $1 in
  start) dphys-swapfile setup && dphys-swapfile swapon ;;
  stop) dphys-swapfile swapoff ;;
  restart | reload)
    dphys-swapfile swapoff
    dphys-swapfile swapon
    ;;
  runs) grep -q '^/var/swap ' /proc/swaps ;;
esac
