#!/bin/sh
# Starts Redis with an append-only file; the first time it puts some data in.
set -e
install -d -o redis -g redis /run/redis /var/lib/redis
install -o redis -g redis -m 644 /dev/null /var/log/redis.log
new=
[ -d /var/lib/redis/appendonlydir ] || new=yes
runuser -u redis -- redis-server /etc/redis/redis.conf
until redis-cli ping 2>/dev/null | grep -q PONG; do sleep 0.05; done
[ -n "$new" ] || exit 0
{
  for n in 1 2 3 4 5 6 7 8 9; do
    echo "SET session:$n user-$n"
    echo "LPUSH queue:builds job-$n"
  done
  echo 'HSET settings theme dark pages 25'
} | redis-cli >/dev/null
