import type { MachineCheck } from '../context.ts';
import type { Preflight } from '../read.ts';
import {
  bySteps,
  fail,
  notApplicable,
  onlyRoot,
  pass,
  unknown,
  untold,
  warn,
} from '../verdicts.ts';
import { isRedHat } from './kernel.ts';

const group = 'Network';

/** Chains that drop or reject what comes in by default, of nft and of `iptables -S`. */
const dropsByDefault = /hook (input|forward)[^\n]*policy drop|^-P (INPUT|FORWARD) DROP/m;
const rejectsAtEnd =
  /^-A (INPUT|FORWARD)(?: -j (?:REJECT|DROP)\b| .*--reject-with)|\b(reject|drop)( with [^\n]*)?\n\s*\}/m;
/** What Docker and K3s put there themselves blocks nobody. */
const rulesOfOthers = /^-A (?!DOCKER|KUBE-|CNI-|FLANNEL|f2b-)/m;

const open = bySteps(
  'Open the ports of the cluster between its machines, and the networks of pods and services.',
  'ufw: ufw allow from 10.42.0.0/16; ufw allow from 10.43.0.0/16; ufw allow 6443,10250/tcp; ufw allow 8472/udp from the other nodes.',
  'Or switch the firewall of the machine off where the network has one.',
);

export const firewall: MachineCheck = {
  id: 'onboarding.firewall',
  group,
  title: 'Firewall in force',
  why: 'A firewall that does not know the cluster cuts its nodes and pods off from each other.',
  rule(machine) {
    const ufw = machine.lines('/etc/ufw/ufw.conf')?.some((line) => /^\s*ENABLED=yes/i.test(line));
    const managed = [ufw ? 'ufw' : '', machine.runs('firewalld') ? 'firewalld' : ''].filter(
      Boolean,
    );
    const shown = [
      ...machine.shows('nft'),
      ...machine.shows('iptables-rules'),
      ...machine.showsFiles('/etc/ufw/ufw.conf'),
    ];
    if (managed.length > 0) return warn(`${managed.join(' and ')} is on.`, shown, open);
    const [nft, rules] = [machine.part('nft'), machine.part('iptables-rules')];
    const seen = [nft, rules].filter((part) => part?.end === 0);
    if (seen.length === 0) return unseen(machine, shown);
    const text = seen.map((part) => part?.text ?? '').join('\n');
    if (dropsByDefault.test(text))
      return warn('Nothing comes in unless a rule lets it.', shown, open);
    if (rejectsAtEnd.test(text)) return warn('Its rules reject packets.', shown, open);
    if (rulesOfOthers.test(text) || /\b(drop|reject)\b/.test(nft?.text ?? ''))
      return pass('There are rules; what they do not name is let through.', shown);
    return pass('None: everything is let through.', shown);
  },
};

function unseen(machine: Preflight, shown: ReturnType<Preflight['shows']>) {
  if (machine.rootProblem !== null) return onlyRoot(machine, 'The rules of a firewall');
  if (!machine.told) return unknown('What the machine has was not heard.', shown);
  if (!machine.hasTool('nft') && !machine.hasTool('iptables'))
    return notApplicable('Neither nft nor iptables is there.', shown);
  return unknown('nft and iptables gave no answer.', shown);
}

export const networkManagerCloud: MachineCheck = {
  id: 'onboarding.nm-cloud-setup',
  group,
  title: 'nm-cloud-setup is off',
  why: 'On Red Hat’s systems before 8.4 it adds routing rules that cut pods off.',
  rule(machine) {
    const os = machine.fact('os');
    if (!os) return untold(machine, 'os');
    if (!isRedHat(os.id)) return notApplicable('It is no system of Red Hat’s family.');
    if (!machine.told) return unknown('What the machine has was not heard.');
    const links = machine.existing.filter((path) => /nm-cloud-setup\.(service|timer)$/.test(path));
    const shown =
      links.length > 0 ? machine.showsThere(...links) : machine.shows('there', /nm-cloud/);
    if (links.length === 0) return pass('It is not switched on.', shown);
    return fail(
      'It starts with the machine.',
      shown,
      bySteps(
        'systemctl disable --now nm-cloud-setup.service nm-cloud-setup.timer',
        'Restart the machine.',
      ),
    );
  },
};

export const appArmor: MachineCheck = {
  id: 'onboarding.apparmor',
  group: 'Security',
  title: 'AppArmor and its parser',
  why: 'Where AppArmor is on, containers do not start without apparmor_parser.',
  rule(machine) {
    const path = '/sys/module/apparmor/parameters/enabled';
    const shown = [...machine.showsFiles(path), ...machine.shows('there', /^@apparmor_parser$/)];
    const on = machine.line(path);
    if (on !== 'Y')
      return on === 'N' || machine.told
        ? pass('AppArmor is off.', shown)
        : unknown('It was not told.', shown);
    if (machine.hasTool('apparmor_parser')) return pass('On, and apparmor_parser is there.', shown);
    return fail('AppArmor is on, and apparmor_parser is missing.', shown, {
      kind: 'phase',
      phase: 'packages',
      title: 'Install apparmor',
      params: { packages: ['apparmor'] },
    });
  },
};

export const seLinux: MachineCheck = {
  id: 'onboarding.selinux',
  group: 'Security',
  title: 'SELinux and its policy for K3s',
  why: 'Where SELinux enforces, K3s needs the package k3s-selinux and the option --selinux.',
  rule(machine) {
    const shown = [
      ...machine.showsFiles('/sys/fs/selinux/enforce', '/etc/selinux/config'),
      ...machine.showsThere('/usr/share/selinux/packages/k3s.pp'),
    ];
    const mode = machine.line('/sys/fs/selinux/enforce');
    if (mode === null && !machine.told) return unknown('It was not told.', shown);
    if (mode === null)
      return machine.exists('/sys/fs/selinux/enforce')
        ? unknown('Its mode could not be read.', shown)
        : pass('SELinux is not in force.', shown);
    if (mode !== '1') return pass('SELinux lets everything through and only notes it.', shown);
    if (machine.exists('/usr/share/selinux/packages/k3s.pp'))
      return pass(
        'It enforces, and k3s-selinux is there; K3s has to be started with --selinux.',
        shown,
      );
    return warn(
      'It enforces, and k3s-selinux is not there.',
      shown,
      bySteps(
        'Install k3s-selinux (the installation of K3s does so where it can reach Rancher’s packages) and start K3s with --selinux.',
      ),
    );
  },
};
