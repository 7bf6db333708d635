import type { NodeBuild } from '../looks/index.ts';
import { scriptText } from '../scripts.ts';

export function servePostgres({ files }: NodeBuild): void {
  files.write('usr/share/rack/sample.sql', scriptText('sample.sql'));
  files.startScript('60-postgresql', 'postgresql.sh');
}

export function serveRedis(build: NodeBuild): void {
  const { files } = build;
  const config = [
    'bind * -::*',
    'protected-mode no',
    'port 6379',
    'daemonize yes',
    'pidfile /run/redis/redis-server.pid',
    'logfile /var/log/redis.log',
    'dir /var/lib/redis',
    'appendonly yes',
    'save 900 1',
    '',
  ];
  files.write('etc/redis/redis.conf', config.join('\n'));
  files.startScript('60-redis', 'redis.sh');
}
