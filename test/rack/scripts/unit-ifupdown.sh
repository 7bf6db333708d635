#!/bin/sh
# ifupdown as a unit, as Debian's networking.service does it; see systemctl.sh.
case $1 in
  start)
    mkdir -p /run/network
    ifup -a
    ;;
  stop) ifdown -a --exclude=lo ;;
  restart | reload)
    ifdown -a --exclude=lo
    ifup -a --exclude=lo
    ;;
  runs) [ -s /run/network/ifstate ] ;;
esac
