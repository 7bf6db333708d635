import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { assembleAlgorithms } from '../../electron/host/connections/ssh/algorithm-lists.ts';
import { readConfig } from '../../electron/host/connections/ssh/config-file.ts';
import { settingsFor } from '../../electron/host/connections/ssh/host-settings.ts';
import { resolveTarget } from '../../electron/host/connections/ssh/resolve.ts';
import { describeWith } from './sshd/requirements.ts';

/** The yardstick is the ssh of this computer: what `ssh -G` says is what has to come out here. */
const home = os.homedir();
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-as-openssh-'));
  mkdirSync(path.join(folder, 'inc/folder'), { recursive: true });
  writeFileSync(path.join(folder, 'inc/a'), 'Port 1001\nHost other\n  Port 1002\n');
  writeFileSync(path.join(folder, 'inc/b'), 'User included\nMatch host n*\n  HostName from-b\n');
  writeFileSync(path.join(folder, 'inc/.swap'), 'Nonsense "\n');
});
afterAll(() => rmSync(folder, { recursive: true }));

function opensshSays(file: string, host: string, user?: string): Map<string, string> | null {
  const target = user === undefined ? [host] : ['-l', user, host];
  const { status, stdout } = spawnSync('ssh', ['-G', '-F', file, ...target], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  if (status !== 0) return null;
  const found = new Map<string, string>();
  for (const line of stdout.split('\n')) {
    const [, keyword = '', value = ''] = /^(\S+) (.*)$/.exec(line) ?? [];
    const before = found.get(keyword);
    found.set(keyword, before === undefined ? value : `${before}|${value}`);
  }
  return found;
}

const yes = (value: boolean) => (value ? 'yes' : 'no');

async function weSay(
  file: string,
  host: string,
  user?: string,
): Promise<Map<string, string> | null> {
  try {
    const target = user === undefined ? { host } : { host, user };
    const hop = await resolveTarget({ ...target, jump: [] }, { configFile: file });
    const source = { file, includeBase: path.join(home, '.ssh'), required: true };
    const query = { localUser: os.userInfo().username, ...target };
    const settings = settingsFor([await readConfig(source, { home })], query);
    const { authMethods: methods } = settings;
    const { connectTimeoutSeconds, proxyJump } = settings;
    return new Map([
      ['hostname', hop.host],
      ['user', hop.user],
      ['port', String(hop.port)],
      ['identityfile', settings.identityFiles.join('|')],
      ['certificatefile', settings.certificateFiles.join('|')],
      ['proxyjump', proxyJump === undefined || proxyJump === 'none' ? '' : proxyJump],
      ['hostkeyalias', settings.hostKeyAlias ?? ''],
      ['connecttimeout', String(connectTimeoutSeconds ?? 'none')],
      ['identitiesonly', yes(settings.identitiesOnly)],
      ['addressfamily', { 4: 'inet', 6: 'inet6', 0: 'any' }[settings.addressFamily ?? 0]],
      ['bindaddress', settings.bindAddress ?? ''],
      ['serveraliveinterval', String(settings.serverAliveSeconds ?? 0)],
      ['serveralivecountmax', String(settings.serverAliveCount ?? 3)],
      ['userknownhostsfile', hop.knownHostsFiles.slice(0, -2).join(' ')],
      ['pubkeyauthentication', String(methods.includes('publickey'))],
      ['passwordauthentication', yes(methods.includes('password'))],
      ['kbdinteractiveauthentication', yes(methods.includes('keyboard-interactive'))],
    ]);
  } catch {
    return null;
  }
}

let count = 0;
async function compare(text: string, host: string, user?: string): Promise<void> {
  count += 1;
  const file = path.join(folder, `config-${count}`);
  writeFileSync(file, text.replaceAll('INC', path.join(folder, 'inc')));
  const theirs = opensshSays(file, host, user);
  const ours = await weSay(file, host, user);
  if (!theirs || !ours) {
    expect({ text, host, refused: ours === null }).toEqual({
      text,
      host,
      refused: theirs === null,
    });
    return;
  }
  const asked = [...ours.keys()].filter(
    // Without one, ssh lists its default keys.
    (key) => key !== 'identityfile' || ours.get(key) !== '',
  );
  const pick = (from: Map<string, string>) =>
    Object.fromEntries(asked.map((key) => [key, from.get(key) ?? '']));
  expect({ text, host, ...pick(ours) }).toEqual({ text, host, ...pick(theirs) });
}

const written: readonly string[] = [
  'Include INC/*\nPort 7\n',
  'Host node\n  Include INC/*\n  Port 9\nHost *\n  User z\n',
  'Host other\n  Include INC/*\nHost *\n  User z\n',
  'Include "INC/a" INC/none INC/folder\n',
  'Host NODE\n  Port 2\nHost node\n  Port 3\n',
  'Match host NODE\n  Port 2\n',
  'Match originalhost NODE,x\n  Port 2\n',
  'Match user ROOT\n  Port 2\nMatch !user nobody\n  Port 3\n',
  'Match final host real\n  Port 2\nHost node\n  HostName REAL\n',
  'Match canonical\n  Port 5\nMatch final\n  User late\nMatch host h-*\n  Port 6\nHostName h-%h\n',
  'Match all\n  Port 2\n',
  'Match canonical all\n  Port 2\n',
  'Match all host node\n  Port 2\n',
  'Match host\n  Port 2\n',
  'HostName %h.lab%%\nPort 22\n',
  'HostName %q\n',
  'HostName 127.1\n',
  'HostName 2001:DB8:0:0::1\n',
  'HostKeyAlias Alias\nUserKnownHostsFile ~/k-%k /x/%h-%r-%n-%p\nHostName real\nUser u\n',
  'IdentityFile ~/a\nIdentityFile "~/b c"\nIdentityFile ~/a\nCertificateFile ~/c\n',
  'ProxyJump none\nProxyCommand x\n',
  'ProxyJump a@b@gate:22,two\nProxyCommand x\n',
  'Port=2222\nUser = "jane doe"\n"Port" 4\n',
  "User 'a\\'b'\n",
  'User a\\ b\n',
  'User a#b # c\n',
  'ConnectTimeout 1m30\nServerAliveInterval 2m\nServerAliveCountMax 4\n',
  'PubkeyAuthentication no\nPasswordAuthentication no\nChallengeResponseAuthentication no\n',
  'PubkeyAuthentication maybe\n',
  'AddressFamily INET6\nBindAddress 127.0.0.1\n',
  'AddressFamily seven\n',
  'Port 0x16\n',
  'Port -1\n',
  'Host "node\n',
  'User x\0y\n',
  '\tHost   node  \r\n\t Port\t5 \r\n',
  'Host * !node\n  Port 5\nHost !other *\n  Port 6\n',
  'Host a,node\n  Port 5\n',
  `Host ${'*o'.repeat(30)}x\n  Port 5\n`.replace(/(\*o){20,}/, '*o*d*e*'),
];

describeWith(['ssh'], 'the ssh configuration, as ssh -G reads it', () => {
  it.each(written)('%j', async (text) => {
    await compare(text, 'node');
    await compare(text, 'node', 'root');
  });

  it('generated configurations', async () => {
    const next = seeded(7);
    const pick = <T>(from: readonly T[]): T => from[next(from.length)] as T;
    const blocks = [
      'Host node',
      'Host n*',
      'Host !node *',
      'Host other',
      'Host NODE no?e',
      'Match host real*',
      'Match user root',
      'Match !originalhost node',
      'Match host node user u?',
      'Match final',
      'Match all',
      'Match localuser nobody',
      'Match final !host node',
    ];
    const lines = [
      'HostName real-%h',
      'HostName NODE',
      'Port 1',
      'Port 22',
      'User u1',
      'User root',
      'IdentityFile ~/%h',
      'IdentityFile /k',
      'IdentitiesOnly yes',
      'ProxyJump gate',
      'ProxyCommand none',
      'ConnectTimeout 5',
      'AddressFamily inet',
      'HostKeyAlias k',
      'Include INC/b',
      'Include INC/a',
      'Include INC/*',
      'PasswordAuthentication no',
      'ServerAliveInterval 9',
      'UserKnownHostsFile /a%h /b',
      'CertificateFile ~/c',
    ];
    for (let round = 0; round < 150; round += 1) {
      const text = Array.from({ length: 1 + next(9) }, () => pick(next(3) === 0 ? blocks : lines));
      await compare(
        `${text.join('\n')}\n`,
        pick(['node', 'other', 'NODE']),
        pick([undefined, 'root']),
      );
    }
  }, 60_000);

  it.each([
    [
      'kexalgorithms',
      'KexAlgorithms',
      'kex',
      [
        '+diffie-hellman-group14-sha1',
        '-ecdh*',
        '^curve25519-sha256',
        'curve25519-sha256',
        '-*sha1,diffie-*',
      ],
    ],
    [
      'ciphers',
      'Ciphers',
      'cipher',
      ['+aes128-cbc', '-aes*', '^aes256-ctr,aes128-ctr', '-chacha20*,3des-cbc'],
    ],
    ['macs', 'MACs', 'mac', ['+hmac-md5', '-hmac-sha1*', '^hmac-sha2-512', '-*-etm@openssh.com']],
    [
      'hostkeyalgorithms',
      'HostKeyAlgorithms',
      'HostKeyAlgorithms',
      ['+ssh-rsa', '-ssh-*', '^rsa-*', 'ecdsa-*', '-*cert*'],
    ],
  ] as const)('%s lists are assembled alike', (keyword, written_, query, specs) => {
    const defaults = algorithms('', keyword);
    const supported = execFileSync('ssh', ['-Q', query], { encoding: 'utf8' }).trim().split('\n');
    for (const spec of specs)
      expect(assembleAlgorithms(spec, { defaults, supported }).names).toEqual(
        algorithms(`${written_} ${spec}\n`, keyword),
      );
  });
});

function algorithms(text: string, keyword: string): string[] {
  const file = path.join(folder, 'algorithms');
  writeFileSync(file, text);
  return opensshSays(file, 'node')?.get(keyword)?.split(',') ?? [];
}

/** The same numbers in each run, so that a failure can be looked at again. */
function seeded(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}
