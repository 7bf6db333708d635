import { createHash } from 'node:crypto';
import { TrialNode, type TrialNodeOptions } from '../../../engine/phases/trial/trial-node.ts';

export const unit = '/etc/systemd/system/k3s.service';

interface K3sMachineOptions {
  /** Whether the installation left its script. */
  readonly script?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  /** What it fetches from wherever it is told. */
  readonly fetched?: string;
  /** K3s was started, with what lies there as its binary. */
  readonly onStart?: (binary: string) => void;
  /** What it answers besides. */
  readonly programs?: NonNullable<TrialNodeOptions['programs']>;
}

/** A machine on which K3s runs, with what it keeps. */
export function k3sMachine({
  script = false,
  files = {},
  fetched = '',
  onStart = () => {},
  programs = [],
}: K3sMachineOptions = {}) {
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
    state: { active: 'active', enabled: 'enabled', snapshots: [] },
    programs: [
      ...programs,
      ...placing(fetched),
      ...snapshots,
      [/^\[ -d \/run\/systemd\/system \]$/, () => ''],
      [/127\.0\.0\.1:10248/, (_, { state }) => (state.active === 'active' ? 'ok' : '')],
      [/^grep -lF \/usr\/local\/bin\/k3s/, (_, one) => (one.state.elsewhere ? '' : unit)],
      [/^date \+%s$/, () => String(Math.round(Date.now() / 1_000))],
      [/^u=\$\(cat |K10/, () => ''],
      [/^for d in .*; do \[ -e/, () => ''],
      [/^k3s --version/, () => 'k3s version v1.36.2+k3s1 (abc)'],
      [/^cat .* \| grep -oE 'data-dir/, () => ''],
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
        (_, { state, machine }) => {
          Object.assign(state, { active: 'active', enabled: 'enabled' });
          onStart(machine.files.text('/usr/local/bin/k3s') ?? '');
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
      [
        /^systemctl stop k3s\.service$/,
        (_, { state }) => {
          state.active = 'inactive';
          return '';
        },
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

export const sumOf = (text: string) => createHash('sha256').update(text).digest('hex');
type Programs = NonNullable<TrialNodeOptions['programs']>;
const textOf = ({ machine }: TrialNode, path: string) => machine.files.text(path) ?? '';

/** The tools that exchange a binary. */
function placing(fetched: string): Programs {
  return [
    [
      /^if \[ -f '(.*?)' \]; then sha256sum <.*cut -c 1-64; fi$/,
      ([, file = ''], it) => (it.has(file) ? sumOf(textOf(it, file)) : ''),
    ],
    [/^\[ -e '(.*)' \]$/, ([, file = ''], it) => (it.has(file) ? '' : { out: '', exit: 1 })],
    [/^mkdir -p '[^']*' && : >>'(.*)'$/, ([, file = ''], it) => it.make(file)],
    [
      /^if command -v curl .* -o '(.*?)' /,
      ([, to = ''], { machine }) => {
        machine.files.put(to, fetched);
        return '';
      },
    ],
    [
      /^echo '(\w{64}) {2}(.*)' \| sha256sum -c -$/,
      ([, sum, file = ''], it) =>
        sumOf(textOf(it, file)) === sum ? 'OK' : { out: 'FAILED', exit: 1 },
    ],
    [
      /^chmod \d+ '(.*?)' && .* ln -f '(.*?)' '(.*?)'; \} && sync && mv/,
      ([, from = '', to = '', kept = ''], it) => {
        if (it.has(to)) it.machine.files.put(kept, textOf(it, to));
        it.machine.files.put(to, textOf(it, from));
        return it.drop([from]);
      },
    ],
    [
      /^mv -f '(.*)' '(.*)' && sync$/,
      ([, from = '', to = ''], it) => {
        it.machine.files.put(to, textOf(it, from));
        return it.drop([from]);
      },
    ],
    [/^rm -f '(.*)'$/, ([, file = ''], it) => it.drop([file])],
    [/^\[ -f '(.*)' \]$/, ([, file = ''], it) => (it.has(file) ? '' : { out: '', exit: 1 })],
    [
      /^systemctl stop k3s\.service && .* mv '.*' '(.*)'\ncopied=/,
      ([, to = ''], it) => it.make(`${to}/state.db`),
    ],
    [
      /^systemctl start --no-block k3s\.service && rm -rf (.*)$/,
      ([, paths = ''], it) => it.drop(paths.split(' ')),
    ],
    [/^journalctl /, () => 'level=fatal msg="it does not start"'],
  ];
}

const list = ({ state }: TrialNode) => state.snapshots as string[]; // as it is made above
const snapshots: Programs = [
  [
    /^k3s etcd-snapshot ls/,
    (_, it) =>
      `Name Location Size Created\n${list(it)
        .map((name) => `${name} file:///x/${name} 4280352 2026-11-30T10:00:00Z`)
        .join('\n')}`,
  ],
  [
    /^k3s etcd-snapshot save --name '(.*)'$/,
    ([, name = ''], it) => {
      it.state.snapshots = [...list(it), `${name}-x86-1-1764496800`];
      return '';
    },
  ],
  [
    /^k3s etcd-snapshot delete '(.*)'$/,
    ([, name], it) => {
      it.state.snapshots = list(it).filter((one) => one !== name);
      return '';
    },
  ],
];
