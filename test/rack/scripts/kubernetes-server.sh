#!/bin/sh
# kubernetes-server.sh up|down: runs the parts of a control plane, each by a file in
# /etc/kubernetes/server that holds its command line, one word a line; 10-kine before 20-kube-apiserver.
set -eu
cd /

up() {
  [ ! -s /etc/kubernetes/pod-routes ] || ip -force -batch /etc/kubernetes/pod-routes
  mkdir -p /var/log/kubernetes
  for file in /etc/kubernetes/server/*; do
    set --
    while IFS= read -r word; do set -- "$@" "$word"; done <"$file"
    # Those that need the API before it is there ask again by themselves or are started again.
    setsid sh -c 'while :; do "$@"; [ ! -e /run/kubernetes-server.ends ] || exit 0; sleep 0.5; done' \
      sh "$@" >>"/var/log/kubernetes/${file##*-}.log" 2>&1 </dev/null &
  done
}

down() {
  : >/run/kubernetes-server.ends
  kill $(pidof kubernetes kine) 2>/dev/null || true
  while pidof kubernetes kine >/dev/null; do sleep 0.05; done
  # Whoever would start one anew has seen it by then.
  sleep 0.6
  rm /run/kubernetes-server.ends
}

"$1"
