#!/bin/sh
# kubelet.sh up|down: starts containerd, the images and the kubelet of a node whose cluster is named in
# /etc/kubernetes, or ends them with every pod. /etc/kubernetes/node-address: the node's own;
# /etc/kubernetes/pod-routes: `ip route` lines to the pods of the others, once they are known.
set -eu
cd /
address=/etc/kubernetes/node-address

pods_end() {
  ctr -n k8s.io tasks ls -q 2>/dev/null | while read -r task; do
    ctr -n k8s.io tasks kill -s SIGKILL "$task" 2>/dev/null || true
  done
}

running() {
  pidof "$1" >/dev/null
}

down() {
  ! running kubelet || kill $(pidof kubelet)
  while running kubelet; do sleep 0.05; done
  ! running containerd || {
    pods_end
    kill $(pidof containerd)
    while running containerd; do sleep 0.05; done
  }
  pkill -KILL -x containerd-shim 2>/dev/null || true
}

images() {
  ctr -n k8s.io images ls -q | grep -q rackhelm.test/pause && return
  make=/usr/lib/rack/image-of-busybox.sh
  "$make" rackhelm.test/pause:1 sleep 2147483647 | ctr -n k8s.io images import - >/dev/null
  "$make" rackhelm.test/busybox:1 sh | ctr -n k8s.io images import - >/dev/null
}

up() {
  . /usr/lib/rack/cgroups.sh
  mount --make-rshared /
  ip link set lo up
  [ ! -s /etc/kubernetes/pod-routes ] || ip -force -batch /etc/kubernetes/pod-routes
  echo 1 >/proc/sys/net/ipv4/ip_forward
  running containerd || setsid containerd >>/var/log/containerd.log 2>&1 &
  until ctr version >/dev/null 2>&1; do sleep 0.1; done
  images
  running kubelet && return
  setsid /opt/kubernetes/kubelet --config=/etc/kubernetes/kubelet.yaml \
    --bootstrap-kubeconfig=/etc/kubernetes/bootstrap.kubeconfig \
    --kubeconfig=/etc/kubernetes/kubelet.kubeconfig \
    --cert-dir=/var/lib/kubelet/pki --node-ip="$(cat "$address")" >>/var/log/kubelet.log 2>&1 &
}

"$1"
