#!/bin/sh
# Starts PostgreSQL; the first time it makes the cluster and fills it with sample rows.
set -e
cd /
bin=/usr/lib/postgresql/15/bin
data=/var/lib/postgresql/15/main
as_postgres() { runuser -u postgres -- "$@"; }

install -d -o postgres -g postgres /run/postgresql /var/lib/postgresql /var/log/postgresql
new=
if [ ! -s "$data/PG_VERSION" ]; then
  new=yes
  as_postgres $bin/initdb --no-sync --auth-local=trust --auth-host=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 -D "$data" >/dev/null
  cat >>"$data/postgresql.conf" <<'END'
listen_addresses = '*'
unix_socket_directories = '/run/postgresql'
fsync = off
shared_buffers = 32MB
max_connections = 40
END
  cat >>"$data/pg_hba.conf" <<'END'
host all all 10.0.0.0/8 scram-sha-256
host all all fd72:6868::/32 scram-sha-256
END
fi
# After a loss of power this file names a process of a time before.
rm -f "$data/postmaster.pid"
as_postgres $bin/pg_ctl -s -w -D "$data" -l /var/log/postgresql/postgresql.log start
[ -z "$new" ] || as_postgres psql -q -v ON_ERROR_STOP=1 -f /usr/share/rack/sample.sql
