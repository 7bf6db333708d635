/**
 * The accounts of the rack, as data. Passwords, passphrases and keys are made anew by each `up` and
 * lie in the rack's state directory, readable by root only.
 */
export const accountNames = [
  'root',
  'deploy',
  'admin',
  'viewer',
  'pwonly',
  'kbd',
  'sealed',
  'noisy',
  'locked',
  'terminal',
] as const;
export type AccountName = (typeof accountNames)[number];

export interface AccountPlan {
  readonly description: string;
  /** How sshd lets it in. */
  readonly login: 'key' | 'password' | 'keyboard-interactive';
  readonly hasPassword: boolean;
  readonly encryptedKey?: true;
  readonly sudo: 'is-root' | 'without-password' | 'with-password' | 'none';
  readonly shell: string;
  /** Appended to the login profiles. */
  readonly profile?: readonly string[];
}

const bash = '/bin/bash';
const noise = [
  'echo "*** Welcome to this machine. All use is recorded. ***"',
  'echo "profile: cannot find ~/bin/fancy-prompt" >&2',
] as const;

export const accountPlans: Readonly<Record<AccountName, AccountPlan>> = {
  root: {
    description: 'root with a key',
    login: 'key',
    hasPassword: false,
    sudo: 'is-root',
    shell: bash,
  },
  deploy: {
    description: 'key, passwordless sudo',
    login: 'key',
    hasPassword: false,
    sudo: 'without-password',
    shell: bash,
  },
  admin: {
    description: 'key, sudo asks for a password',
    login: 'key',
    hasPassword: true,
    sudo: 'with-password',
    shell: bash,
  },
  viewer: {
    description: 'key, no sudo',
    login: 'key',
    hasPassword: false,
    sudo: 'none',
    shell: bash,
  },
  pwonly: {
    description: 'password only; keys are refused',
    login: 'password',
    hasPassword: true,
    sudo: 'none',
    shell: bash,
  },
  kbd: {
    description: 'keyboard-interactive only',
    login: 'keyboard-interactive',
    hasPassword: true,
    sudo: 'none',
    shell: bash,
  },
  sealed: {
    description: 'an encrypted key',
    login: 'key',
    hasPassword: false,
    encryptedKey: true,
    sudo: 'none',
    shell: bash,
  },
  noisy: {
    description: 'key; the shell profile prints noise on both streams',
    login: 'key',
    hasPassword: false,
    sudo: 'none',
    shell: bash,
    profile: noise,
  },
  locked: {
    description: 'key; the login shell is nologin',
    login: 'key',
    hasPassword: false,
    sudo: 'none',
    shell: '/usr/sbin/nologin',
  },
  terminal: {
    description: 'key, passwordless sudo that wants a terminal (requiretty)',
    login: 'key',
    hasPassword: false,
    sudo: 'without-password',
    shell: bash,
  },
};

/** User ids start here, in the order of accountNames. */
export const firstAccountId = 2000;

/** One account as this `up` made it. */
export interface RackAccount {
  readonly user: AccountName;
  readonly description: string;
  readonly password: string | null;
  /** Private key file on this computer. */
  readonly identityFile: string | null;
  readonly passphrase: string | null;
}
