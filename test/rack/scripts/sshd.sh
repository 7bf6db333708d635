#!/bin/sh
# Starts sshd and waits until it listens: the program goes into the background before it does, and
# writes its process id afterwards.
mkdir -p /run/sshd
rm -f /run/sshd.pid
/usr/sbin/sshd || exit
tries=0
until [ -s /run/sshd.pid ]; do
  tries=$((tries + 1))
  [ "$tries" -lt 500 ] || exit 1
  sleep 0.02
done
