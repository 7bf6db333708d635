#!/bin/sh
# Makes the layer that every node has above this computer's root file system: it hides what is
# private to this computer (homes, keys, password hashes, data of services, mounted work) and brings
# the rack's accounts and sshd settings. Runs in a mount namespace of its own.
# $1: directory with upper/, work/, merged/. stdin: `user:password` lines.
set -eu
cd "$1"
upper=$PWD/upper merged=$PWD/merged

# A character device 0:0 in a layer hides the name below it.
for path in /* /.[!.]*; do
  [ -e "$path" ] || continue
  case $path in /bin | /lib* | /sbin | /usr | /etc | /var) continue ;; esac
  mknod "$upper$path" c 0 0
done
mkdir -m 755 "$upper/var" "$upper/var/lib"
for path in /var/* /var/lib/*; do
  case $path in /var/lib | /var/lib/dpkg | /var/lib/pam | /var/lib/ucf) continue ;; esac
  mknod "$upper$path" c 0 0
done
# Of a Rackhelm that works on this computer: it may come later, and nodes have their own.
[ -e "$upper/var/lib/rackhelm" ] || mknod "$upper/var/lib/rackhelm" c 0 0

mount -t overlay rack-base -o "lowerdir=/,upperdir=$upper,workdir=$PWD/work" "$merged"
cd "$merged"
mkdir -m 755 boot dev home media mnt opt proc run srv sys var/cache var/log var/spool var/mail
mkdir -m 1777 tmp var/tmp
mkdir -m 700 root
ln -s /run var/run
ln -s /run/lock var/lock

# Whatever only root may read is this computer's own business.
find etc -xdev ! -perm -004 ! -type l -prune -exec rm -rf {} +
rm -rf etc/ssh/ssh_host_* etc/ssh/sshd_config.d etc/machine-id etc/hostname etc/hosts etc/fstab \
  etc/resolv.conf etc/mtab etc/network etc/netplan etc/cron* etc/ld.so.preload etc/profile.d \
  etc/environment etc/motd etc/sudoers etc/rancher etc/kubernetes etc/docker etc/wireguard
mkdir -m 755 etc/network etc/profile.d
# Who configures the network here does not do it in the nodes; theirs come with a layer of their own.
rm -rf etc/NetworkManager etc/systemd/network etc/dhcpcd.conf usr/sbin/ifup usr/sbin/ifdown \
  usr/sbin/ifquery usr/sbin/netplan usr/bin/nmcli usr/sbin/NetworkManager usr/sbin/dhcpcd \
  usr/bin/networkctl usr/lib/systemd/systemd-networkd
# Nor would systemd's tools tell of a node what they tell of this computer.
rm -f usr/bin/systemd-detect-virt usr/bin/timedatectl usr/bin/hostnamectl usr/bin/localectl \
  usr/bin/loginctl usr/bin/resolvectl usr/bin/journalctl usr/bin/bootctl usr/bin/busctl
ln -s /proc/self/mounts etc/mtab

awk -F: '$3 < 1000 || $1 == "nobody"' etc/passwd >passwd.new
cat "$1/passwd.add" >>passwd.new
awk -F: '$3 < 1000 || $1 == "nogroup"' etc/group >group.new
cat "$1/group.add" >>group.new
# Daemons that the nodes may have and this computer need not.
id=2900
for user in messagebus systemd-network dhcpcd; do
  id=$((id + 1))
  grep -q "^$user:" passwd.new || echo "$user:x:$id:$id::/:/usr/sbin/nologin" >>passwd.new
  grep -q "^$user:" group.new || echo "$user:x:$id:" >>group.new
done
mv passwd.new etc/passwd
mv group.new etc/group
awk -F: '{ print $1 ":*:19000:0:99999:7:::" }' etc/passwd >etc/shadow
rm -f etc/gshadow etc/subuid etc/subgid
chmod 640 etc/shadow
chgrp shadow etc/shadow
chroot . chpasswd --crypt-method SHA512

cd "$1"
umount "$merged"
