#!/bin/sh
# First process of a node: builds the node's file system around itself and becomes its init.
# Runs in new mount, PID, UTS and IPC namespaces and in the node's network namespace.
# $1: the node's directory, $2: colon-separated lower layers, $3: host name. fd 3: the starter.
set -eu
dir=$1 layers=$2 name=$3
# /proc still belongs to this computer, so this is the id under which it knows the node's init.
read -r pid _ </proc/self/stat
echo "pid $pid" >&3

hostname "$name"
root=$dir/root
mount -t overlay "rack-$name" -o "lowerdir=$layers,upperdir=$dir/disk/upper,workdir=$dir/disk/work" "$root"
mount -t proc -o nosuid,nodev,noexec proc "$root/proc"
mount -t sysfs -o ro,nosuid,nodev,noexec sysfs "$root/sys"
mount -t tmpfs -o mode=755,nosuid,size=64k devices "$root/dev"
for device in null zero full random urandom tty; do
  : >"$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/pts" "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
ln -s /proc/self/fd/0 "$root/dev/stdin"
ln -s /proc/self/fd/1 "$root/dev/stdout"
ln -s /proc/self/fd/2 "$root/dev/stderr"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777,nosuid,nodev,size=64m shm "$root/dev/shm"
mount -t tmpfs -o mode=755,nosuid,nodev,size=64m run "$root/run"

mkdir -m 1777 "$root/run/lock"

# The kernel is shared: a node may set its own network, nothing else, and not press magic keys.
mkdir -p "$dir/net-sysctl"
mount --bind "$root/proc/sys/net" "$dir/net-sysctl"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount --bind "$dir/net-sysctl" "$root/proc/sys/net"
umount "$dir/net-sysctl"
[ ! -e "$root/proc/sysrq-trigger" ] || mount --bind /dev/null "$root/proc/sysrq-trigger"

# What this kind of machine has besides: its look, its disks.
[ ! -f "$dir/disk/look/boot.sh" ] || . "$dir/disk/look/boot.sh"

cd "$root"
pivot_root . .
umount -l .
cd /
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=linux /sbin/init
