import type { MachineCheck } from '../context.ts';
import type { Preflight } from '../read.ts';
import { byPhase, onlyRoot, pass, unknown, warn } from '../verdicts.ts';

const group = 'Signing in';

/** A setting of sshd as it counts, lower case; undefined where it was not told. */
function setting(machine: Preflight, name: string): string | undefined {
  const part = machine.part('sshd-settings');
  if (part?.end !== 0) return undefined;
  const line = part.text.split('\n').find((each) => each.toLowerCase().startsWith(`${name} `));
  return line
    ?.slice(name.length + 1)
    .trim()
    .toLowerCase();
}

export const passwordLogin: MachineCheck = {
  id: 'onboarding.ssh-password-login',
  group,
  title: 'Login by password',
  why: 'A password can be guessed from anywhere that reaches the machine; a key cannot.',
  rule(machine) {
    const [password, keyboard] = ['passwordauthentication', 'kbdinteractiveauthentication'].map(
      (name) => setting(machine, name),
    );
    const shown = machine.shows(
      'sshd-settings',
      /^(passwordauthentication|kbdinteractiveauthentication|pubkeyauthentication) /i,
    );
    if (password === undefined) return sshUntold(machine, 'Whether one may sign in by password');
    const off = keyOnly(machine);
    if (password === 'yes' || keyboard === 'yes') return warn('Allowed.', shown, off);
    return pass('Off.', shown);
  },
};

export const rootLogin: MachineCheck = {
  id: 'onboarding.ssh-root-login',
  group,
  title: 'Login as root by password',
  why: 'root is the name that everybody tries; with a key it is as safe as another user with sudo.',
  rule(machine) {
    const root = setting(machine, 'permitrootlogin');
    const shown = machine.shows('sshd-settings', /^(permitrootlogin|passwordauthentication) /i);
    if (root === undefined) return sshUntold(machine, 'Whether root may sign in');
    if (root === 'yes' && setting(machine, 'passwordauthentication') === 'yes') {
      return warn('Allowed.', shown, keyOnly(machine));
    }
    return pass(root === 'no' ? 'root may not sign in.' : 'root may sign in by key alone.', shown);
  },
};

/** For the user with whom Rackhelm signs in. */
const keyOnly = (machine: Preflight) =>
  byPhase('ssh-password-login', 'Let nobody sign in by password', { user: machine.user });

function sshUntold(machine: Preflight, what: string) {
  const part = machine.part('sshd-settings');
  if (!part)
    return machine.uid === 0
      ? unknown(`${what} is not told: sshd was not found.`)
      : onlyRoot(machine, what);
  return unknown(
    `${what} is not told: sshd -T ended with ${part.end}.`,
    machine.shows('sshd-settings'),
  );
}
