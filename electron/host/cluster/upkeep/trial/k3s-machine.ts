import { TrialNode } from '../../../engine/phases/trial/trial-node.ts';

export const unit = '/etc/systemd/system/k3s.service';

/** A machine on which K3s runs, with what it keeps. */
export function k3sMachine({ script = false, files = {} as Record<string, string> } = {}) {
  const scriptPath = '/usr/local/bin/k3s-uninstall.sh';
  return new TrialNode({
    files: {
      [unit]: '[Service]',
      '/usr/local/bin/k3s': 'binary',
      '/etc/rancher/k3s/config.yaml': 'a: 1',
      '/etc/rancher/node/password': 'secret',
      '/var/lib/rancher/k3s/server/db/etcd/x': 'x',
      '/var/lib/rancher/k3s/storage/pvc-1/data': 'data',
      '/home/me/notes': 'stays',
      ...(script ? { [scriptPath]: '#!/bin/sh' } : {}),
      ...files,
    },
    state: { active: 'active', enabled: 'enabled' },
    programs: [
      [/^\[ -x \/sbin\/openrc-run/, () => 'systemd'],
      [/^k3s --version/, () => 'k3s version v1.36.2+k3s1 (abc)'],
      [/^cat .* \| grep -oE 'data-dir/, () => ''],
      [/^\[ -f \/var\/lib\/rancher\/k3s\/server\/db\/state\.db \]$/, () => ({ out: '', exit: 1 })],
      [
        /^systemctl show k3s/,
        (_, { state }) =>
          `ActiveState=${state.active}\nUnitFileState=${state.enabled}\nNRestarts=0\n`,
      ],
      [
        /^ls (.*) 2>\/dev\/null; true$/,
        ([, list = ''], one) =>
          list
            .split(' ')
            .filter((path) => one.has(path))
            .join('\n'),
      ],
      [
        /^systemctl disable k3s/,
        (_, { state }) => {
          Object.assign(state, { active: 'inactive', enabled: 'disabled' });
          return '';
        },
      ],
      [
        /^systemctl daemon-reload && systemctl enable k3s/,
        (_, { state }) => {
          Object.assign(state, { active: 'active', enabled: 'enabled' });
          return '';
        },
      ],
      [
        /^for p in (.*); do \[ -e "\$p" \]/,
        ([, list = ''], one) =>
          list
            .split(' ')
            .filter((path) => one.has(path) || one.hasUnder(path))
            .join('\n'),
      ],
      [/^ours\(\)/, () => ''],
      [
        /^sh \/usr\/local\/bin\/k3s-uninstall\.sh$/,
        (_, one) => one.drop([scriptPath, unit, '/usr/local/bin/k3s', '/var/lib/rancher/k3s']),
      ],
      [/^for l in kubectl .*\nrm -rf (.*)\n/, ([, list = ''], one) => one.drop(list.split(' '))],
      [
        /^\[ -d '?(\/[^\s']+)'? \]$/,
        ([, path = ''], one) => (one.hasUnder(path) ? '' : { out: '', exit: 1 }),
      ],
      [
        /then \{ rmdir .*; mv '(\S+)' '(\S+)'; \}; else/,
        ([, from = '', to = ''], one) => {
          for (const path of one.machine.files
            .paths()
            .filter((each) => each.startsWith(`${from}/`))) {
            one.machine.files.put(path.replace(from, to), one.machine.files.text(path) ?? '');
            one.machine.files.drop(path);
          }
          return '';
        },
      ],
    ],
  });
}
