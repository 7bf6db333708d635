import type { NodeBuild } from '../looks/index.ts';
import { addressOf } from '../networks.ts';

/** Where the model-like container of the GPU machine listens. */
export const modelPort = 8080;

/** An ingress: one name for a site of its own, one for the model on the GPU machine. */
export function serveNginx(build: NodeBuild): void {
  const { files, slot, specs } = build;
  const gpu = specs.find((spec) => spec.look === 'gpu')?.legs.find((l) => l.network === 'storage');
  const model = gpu ? addressOf(slot, 'storage', gpu.host).ipv4 : '127.0.0.1';
  files.write(
    'srv/www/index.html',
    '<!doctype html><title>Apps</title><h1>Apps of this rack</h1>\n',
  );
  files.write(
    'etc/nginx/nginx.conf',
    `user www-data;
worker_processes 1;
pid /run/nginx.pid;
error_log /var/log/nginx/error.log;
events { worker_connections 256; }
http {
  access_log /var/log/nginx/access.log;
  default_type text/html;
  server {
    listen 80 default_server;
    listen [::]:80 default_server;
    root /srv/www;
    location = /healthz { default_type text/plain; return 200 "ok\\n"; }
  }
  server {
    listen 80;
    listen [::]:80;
    server_name models.rack.home.arpa;
    location / { proxy_pass http://${model}:${modelPort}; proxy_connect_timeout 3s; }
  }
}
`,
  );
  files.startStep(
    '60-nginx',
    'set -e',
    'install -d -o www-data -g adm /var/log/nginx',
    'mkdir -p /var/lib/nginx',
    'exec nginx',
  );
}
