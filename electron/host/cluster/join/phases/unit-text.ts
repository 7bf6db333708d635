import { binaryPath } from './paths.ts';

export type InitSystem = 'systemd' | 'openrc';

export interface ServiceFile {
  readonly path: string;
  readonly text: string;
  readonly mode: number;
}

const HEADING = '# Written by Rackhelm. What K3s does stands in /etc/rancher/k3s/config.yaml.';

/** The service that starts K3s at each boot. `command`: what K3s is: `server` or `agent`. */
export function serviceFile(
  init: InitSystem,
  name: 'k3s' | 'k3s-agent',
  command: 'server' | 'agent',
): ServiceFile {
  return init === 'systemd'
    ? { path: `/etc/systemd/system/${name}.service`, text: systemdUnit(command), mode: 0o644 }
    : { path: `/etc/init.d/${name}`, text: openrcScript(name, command), mode: 0o755 };
}

/**
 * Processes of containers outlive K3s (KillMode), their groups are K3s's to divide (Delegate), and a start
 * has no end in time: whoever starts it watches its log, since a join that cannot work never ends by itself.
 */
function systemdUnit(command: 'server' | 'agent'): string {
  return `${HEADING}
[Unit]
Description=K3s ${command}
Wants=network-online.target
After=network-online.target

[Service]
Type=${command === 'server' ? 'notify' : 'exec'}
ExecStartPre=-/bin/sh -c 'modprobe br_netfilter; modprobe overlay'
ExecStart=${binaryPath} ${command}
KillMode=process
Delegate=yes
Restart=always
RestartSec=5s
TimeoutStartSec=0
TasksMax=infinity
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity

[Install]
WantedBy=multi-user.target
`;
}

function openrcScript(name: string, command: 'server' | 'agent'): string {
  return `#!/sbin/openrc-run
${HEADING}
description="K3s ${command}"
supervisor=supervise-daemon
command="${binaryPath}"
command_args="${command}"
output_log="/var/log/${name}.log"
error_log="/var/log/${name}.log"
respawn_delay=5
respawn_max=0
rc_ulimit="-n 1048576 -u unlimited -c unlimited"

depend() {
  need net
  use dns logger
  after firewall ntp-client
}

start_pre() {
  modprobe br_netfilter
  modprobe overlay
  return 0
}
`;
}
