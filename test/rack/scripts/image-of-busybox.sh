#!/bin/sh
# image-of-busybox.sh NAME COMMAND…: prints an image from nothing but busybox, as `ctr images import`
# takes it. COMMAND is what it runs by itself.
set -eu
name=$1
shift
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
mkdir -p "$place/root/bin" "$place/root/tmp" "$place/root/etc" "$place/image"
chmod 1777 "$place/root/tmp"
cp /usr/bin/busybox "$place/root/bin/busybox"
for tool in sh cat echo env false grep head httpd id ls nc ps sleep tail true wget yes date; do
  ln -s busybox "$place/root/bin/$tool"
done
echo 'root:x:0:0:root:/:/bin/sh' >"$place/root/etc/passwd"
tar -C "$place/root" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner -cf "$place/image/layer.tar" .
sum=$(sha256sum "$place/image/layer.tar")
command=
for word; do command="$command${command:+,}\"$word\""; done
printf '{"architecture":"amd64","os":"linux","config":{"Env":["PATH=/bin"],"Cmd":[%s]},"rootfs":{"type":"layers","diff_ids":["sha256:%s"]}}' \
  "$command" "${sum%% *}" >"$place/image/config.json"
printf '[{"Config":"config.json","RepoTags":["%s"],"Layers":["layer.tar"]}]' "$name" >"$place/image/manifest.json"
tar -C "$place/image" -cf - manifest.json config.json layer.tar
