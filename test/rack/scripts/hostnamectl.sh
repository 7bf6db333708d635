#!/bin/sh
# hostnamectl of a node: the name in /etc/hostname and the node's own UTS namespace.
verb='' value='' only=''
for word; do
  case $word in
    --static | --transient | --pretty) only=$word ;;
    -*) ;;
    *) if [ -z "$verb" ]; then verb=$word; else value=$word; fi ;;
  esac
done
case $verb:$value in
  set-hostname:?* | hostname:?*)
    if [ "$(id -u)" -ne 0 ]; then
      echo 'Could not set static hostname: Interactive authentication required.' >&2
      exit 1
    fi
    case $value in
      *[!A-Za-z0-9.-]* | -* | *-)
        echo "Could not set static hostname: Invalid static hostname '$value'" >&2
        exit 1
        ;;
    esac
    [ "$only" = --transient ] || echo "$value" >/etc/hostname
    [ "$only" = --static ] || hostname "$value"
    ;;
  hostname:) if [ "$only" = --static ]; then cat /etc/hostname; else hostname; fi ;;
  :* | status:*)
    if [ -n "$only" ]; then cat /etc/hostname && exit; fi
    echo "   Static hostname: $(cat /etc/hostname)"
    echo "        Machine ID: $(cat /etc/machine-id)"
    echo "           Boot ID: $(tr -d - </proc/sys/kernel/random/boot_id)"
    echo "  Operating System: $(. /etc/os-release && echo "$PRETTY_NAME")"
    echo "            Kernel: Linux $(uname -r)"
    ;;
  *)
    echo "Unknown command verb $verb." >&2
    exit 1
    ;;
esac
