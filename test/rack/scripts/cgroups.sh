#!/bin/sh
# Sourced before containers are run.
# On the unified hierarchy a group with groups below it may hold no process itself.
if [ -e /sys/fs/cgroup/cgroup.subtree_control ]; then
  mkdir -p /sys/fs/cgroup/init
  for pid in $(cat /sys/fs/cgroup/cgroup.procs); do
    echo "$pid" >/sys/fs/cgroup/init/cgroup.procs 2>/dev/null || true
  done
  for name in $(cat /sys/fs/cgroup/cgroup.controllers); do
    echo "+$name" >/sys/fs/cgroup/cgroup.subtree_control 2>/dev/null || true
  done
fi
