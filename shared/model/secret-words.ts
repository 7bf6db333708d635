import type { SecretSubject, SecretsStatus, SecretWay } from './secrets.ts';

export const secretKindTitles: Record<SecretSubject['kind'], string> = {
  'ssh-password': 'Login password',
  'key-passphrase': 'Passphrase of a key',
  'sudo-password': 'sudo password',
  token: 'Token',
  'app-key': 'Rackhelm’s own SSH key',
  kubeconfig: 'Kubeconfig',
  'engine-identity': 'Certificates of a container engine',
};

/** What a secret is for, in one line: `ada on pi-1, port 2222`. */
export function secretPurpose(subject: SecretSubject, deviceName: string | null): string {
  switch (subject.kind) {
    case 'ssh-password': {
      const { user, host, port, through } = subject;
      const at = port === 22 ? '' : `, port ${port}`;
      const way = through.length === 0 ? '' : `, through ${through.join(', ')}`;
      return `${user} on ${host}${at}${way}`;
    }
    case 'key-passphrase':
      return subject.keyFile;
    case 'sudo-password':
      return 'deviceId' in subject
        ? `${subject.user} on ${deviceName ?? 'a deleted device'}`
        : `${subject.user} on ${subject.host}${subject.port === 22 ? '' : `, port ${subject.port}`}`;
    case 'token':
    case 'kubeconfig':
      return subject.name;
    case 'app-key':
      return subject.publicKey.split(' ')[2] ?? '';
    case 'engine-identity':
      return 'for its API over TLS';
  }
}

const places: Record<SecretWay, string> = {
  'safe-storage': 'in the key store of the desktop app',
  keyring: 'in the keyring of the operating system',
  passphrase: 'nowhere: your passphrase makes it',
};

/** Where the key lies that everything is encrypted with. */
export function keyPlace({ ways }: Pick<SecretsStatus, 'ways'>): string {
  return ways.map((way) => places[way]).join(', and ');
}
