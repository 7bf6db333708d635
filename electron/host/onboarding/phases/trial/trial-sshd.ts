import type { FakeEntry } from '../../../engine/machines/fake-files.ts';
import { TrialNode, type TrialNodeOptions } from '../../../engine/phases/trial/trial-node.ts';

const main = '/etc/ssh/sshd_config';

/** sshd's settings as its files say: the first value counts, drop-ins come where they are included. */
function settings(node: TrialNode, user: string): Map<string, string> {
  const text = (path: string) => node.machine.files.text(path) ?? '';
  const dropIns = node.machine.files.paths().filter((path) => path.includes('sshd_config.d/'));
  const lines = text(main)
    .split('\n')
    .flatMap((line) =>
      /^include/i.test(line) ? dropIns.flatMap((p) => text(p).split('\n')) : [line],
    );
  const found = new Map<string, string>();
  let applies = true;
  const matched = new Map<string, string>();
  for (const line of lines) {
    const [key = '', value = ''] = line
      .trim()
      .toLowerCase()
      .split(/\s+(.*)/);
    if (key === '' || key.startsWith('#')) continue;
    if (key === 'match') applies = value === `user ${user}`;
    const into = line.startsWith(' ') ? matched : found;
    if (applies && !into.has(key)) into.set(key, value);
  }
  return new Map([...found, ...matched]);
}

const defaults = {
  passwordauthentication: 'yes',
  kbdinteractiveauthentication: 'no',
  pubkeyauthentication: 'yes',
  authenticationmethods: 'any',
  authorizedkeysfile: '.ssh/authorized_keys .ssh/authorized_keys2',
};

export interface TrialSshdOptions extends TrialNodeOptions {
  /** A version that calls keyboard-interactive by its former name. */
  readonly former?: boolean;
}

/** A node whose sshd runs with what its files said when it was last reloaded. */
export function trialSshd({ former = false, ...options }: TrialSshdOptions): TrialNode {
  const told = (node: TrialNode, user: string) => {
    const known = { ...defaults, ...(former ? { challengeresponseauthentication: 'yes' } : {}) };
    const all = { ...known, ...Object.fromEntries(settings(node, user)) };
    return Object.entries(all)
      .map(([key, value]) => `${key} ${value}`)
      .join('\n');
  };
  const files: Record<string, string | FakeEntry> = { [main]: 'UsePAM yes\n', ...options.files };
  const node = new TrialNode({
    ...options,
    files,
    programs: [
      ...(options.programs ?? []),
      [/^printf '%s' "\$SSH_CONNECTION"$/, () => '10.0.0.5 50000 10.0.0.9 22'],
      [/^sshd -T -C 'user=(.*?),/, ([, user = ''], it) => told(it, user)],
      [/^grep -H .*sshd_config/, (_, it) => grep(it)],
      [
        /^if \[ -d \/run\/systemd\/system \]; then\n {2}for u in ssh/,
        () => 'systemctl reload ssh.service\n',
      ],
      [/^sshd -t$/, (_, it) => (told(it, 'x').includes('broken') ? { out: 'bad', exit: 255 } : '')],
      [
        /^systemctl reload ssh.service$/,
        (_, it) => {
          it.state.running = told(it, 'ada');
          return '';
        },
      ],
      [
        /mktemp -d \/tmp\/rackhelm[\s\S]*sshd -t/,
        (_, it) => (it.state.refuses === true ? { out: 'line 1: no such keyword', exit: 1 } : ''),
      ],
    ],
  });
  node.state.running = told(node, 'ada');
  return node;
}

function grep({ machine }: TrialNode): string {
  return machine.files
    .paths()
    .filter((path) => path.startsWith(main))
    .flatMap((path) =>
      (machine.files.text(path) ?? '').split('\n').map((line) => `${path}:${line}`),
    )
    .join('\n');
}
