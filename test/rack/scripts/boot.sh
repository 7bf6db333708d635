#!/bin/sh
# First process of a node: builds the node's file system around itself and becomes its init.
# Runs in new mount, PID, UTS and IPC namespaces and in the node's network namespace.
# $1: the node's directory, $2: colon-separated lower layers, $3: host name, $4: whole seconds by which
# the node's clock since boot is behind this computer's. fd 3: the starter.
set -eu
dir=$1 layers=$2 name=$3 behind=$4
# /proc still belongs to this computer, so this is the id under which it knows the node's init; the
# start time is told by the node's clock already, in ticks of which a second has a hundred.
read -r stat </proc/self/stat
pid=${stat%% *}
set -- ${stat##*) }
printf '{"pid":%s,"startedAt":"%s"}\n' "$pid" "$((${20} + behind * 100))" >"$dir/init.json.new"
mv "$dir/init.json.new" "$dir/init.json"

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
find "$root/tmp" -mindepth 1 -delete
if [ -d "$dir/power/host-keys" ]; then cp "$dir"/power/host-keys/* "$root/etc/ssh/"; fi
[ ! -s "$dir/power/address" ] || cp "$dir/power/address" "$root/run/rack-address"

# Nothing of the network outlives a restart but the cables, which other commands of the rack hold.
while read -r interface; do
  case " $(cat "$dir/interfaces") " in *" $interface "*) continue ;; esac
  ip link del "$interface" 2>/dev/null || true
done <<END
$(ls "$root/sys/class/net")
END
echo 0 >"$root/proc/sys/net/ipv4/ip_forward"
echo 0 >"$root/proc/sys/net/ipv6/conf/all/forwarding"
ip -batch "$dir/network"

# The kernel is shared: a node may set its own network, nothing else, and not press magic keys.
mkdir -p "$dir/net-sysctl"
mount --bind "$root/proc/sys/net" "$dir/net-sysctl"
mount --bind "$root/proc/sys" "$root/proc/sys"
mount -o remount,bind,ro "$root/proc/sys"
mount --bind "$dir/net-sysctl" "$root/proc/sys/net"
umount "$dir/net-sysctl"
# A boot is known by this id.
cat /proc/sys/kernel/random/uuid >"$dir/boot-id"
mount --bind "$dir/boot-id" "$root/proc/sys/kernel/random/boot_id"
[ ! -e "$root/proc/sysrq-trigger" ] || mount --bind /dev/null "$root/proc/sysrq-trigger"

# What this kind of machine has besides: its look, its disks. It may say that `memory` is `none`.
memory=memory
[ ! -f "$dir/disk/look/boot.sh" ] || . "$dir/disk/look/boot.sh"

cd "$root"
pivot_root . .
umount -l .
cd /
exec env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin TERM=linux /sbin/init
