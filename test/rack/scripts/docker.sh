#!/bin/sh
# Starts the Docker Engine of the node; the first time it builds an image from nothing but busybox
# and runs a container that answers like a model server. /etc/rack/model-ports: arguments to publish.
set -e
cd /
rm -f /var/run/docker.pid
. /usr/lib/rack/cgroups.sh
setsid dockerd >>/var/log/docker.log 2>&1 &
daemon=$!
until docker version >/dev/null 2>&1; do
  if ! kill -0 "$daemon" 2>/dev/null; then
    tail -n 3 /var/log/docker.log
    grep cgroup /proc/self/mountinfo || echo "no cgroups are mounted"
    exit 1
  fi
  sleep 0.1
done
if docker container inspect model >/dev/null 2>&1; then
  exec docker start model
fi
image=$(mktemp -d)
mkdir -p "$image/bin" "$image/www/v1"
cp /usr/bin/busybox "$image/bin/busybox"
ln -s busybox "$image/bin/sh"
echo '{"model":"demo-7b","status":"ready"}' >"$image/www/v1/models"
tar -C "$image" -c . | docker import \
  -c 'CMD ["/bin/busybox","httpd","-f","-p","80","-h","/www"]' \
  -c 'LABEL org.opencontainers.image.title=demo-model' - demo-model:1.0 >/dev/null
rm -rf "$image"
# shellcheck disable=SC2046 # several arguments in one file
docker run -d --name model --restart unless-stopped --label rack.model=demo-7b \
  $(cat /etc/rack/model-ports) demo-model:1.0 >/dev/null
