import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { inNetworkOf, switchName } from '../fabric.ts';
import type { NodeBuild } from '../looks/index.ts';
import type { RackState } from '../state.ts';

const configuration = 'configure lldp tx-interval 5\n';

export function serveLldp({ files }: NodeBuild): void {
  files.write('etc/lldpd.d/rack.conf', configuration);
  files.startStep('60-lldpd', 'set -e', 'mkdir -p /run/lldpd', 'exec lldpd');
}

/** The other end of each cable: the rack's switch tells its neighbours who it is. */
export function startSwitchLldp(state: RackState): void {
  const [program, network] = inNetworkOf(state, switchName);
  const script = [
    'hostname sw-1',
    'mount -t tmpfs run /run',
    'mkdir /run/lldpd',
    'mount -t tmpfs conf /etc/lldpd.d',
    `printf '${configuration.trim()}\\nconfigure system description "Rack switch"\\n' >/etc/lldpd.d/rack.conf`,
    'exec lldpd -d',
  ];
  const log = openSync(state.path('switch-lldpd.log'), 'a', 0o600);
  const isolate = [
    'unshare',
    '--mount',
    '--uts',
    '--pid',
    '--fork',
    '--kill-child',
    '--mount-proc',
  ];
  const child = spawn(program, [network, ...isolate, 'sh', '-ec', script.join('\n')], {
    cwd: '/',
    detached: true,
    stdio: ['ignore', log, log],
    env: { PATH: process.env.PATH, RACKHELM_RACK: state.id },
  });
  closeSync(log);
  child.unref();
}
