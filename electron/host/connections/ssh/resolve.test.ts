import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SshTarget } from '../../../../shared/model/ssh.ts';
import { hopKey, jumpChain } from './hop.ts';
import { resolveTarget } from './resolve.ts';

describe('resolveTarget', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-resolve-'));
    mkdirSync(path.join(home, '.ssh'));
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const resolve = (target: SshTarget, config = '', environment: NodeJS.ProcessEnv = {}) => {
    const configFile = path.join(home, '.ssh/config');
    writeFileSync(configFile, config);
    return resolveTarget(target, { home, configFile, environment });
  };
  const inSsh = (name: string) => path.join(home, '.ssh', name);

  it('falls back on the defaults of OpenSSH', async () => {
    expect(await resolve({ host: 'Node' })).toMatchObject({
      alias: 'Node',
      host: 'node',
      port: 22,
      user: os.userInfo().username,
      keyName: 'node',
      addressName: 'node',
      namedIdentity: null,
      identityFiles: ['id_ed25519', 'id_ecdsa', 'id_rsa'].map(inSsh),
      identitiesConfigured: false,
      identitiesOnly: false,
      agentSocket: null,
      knownHostsFiles: [
        inSsh('known_hosts'),
        inSsh('known_hosts2'),
        '/etc/ssh/ssh_known_hosts',
        '/etc/ssh/ssh_known_hosts2',
      ],
      timeoutMs: null,
      via: null,
    });
  });

  it('lets the caller win over the configuration', async () => {
    const config = 'Host node\n  User a\n  Port 1\n  IdentityFile /a\n  ProxyJump a';
    const hop = await resolve(
      { host: 'node', user: 'b', port: 2, identityFile: '~/b', jump: [] },
      config,
    );
    expect(hop).toMatchObject({
      user: 'b',
      port: 2,
      namedIdentity: path.join(home, 'b'),
      via: null,
    });
  });

  it('expands tokens in HostName, IdentityFile and UserKnownHostsFile', async () => {
    const config = [
      'HostName %h.lab',
      'User root',
      'IdentityFile ~/.ssh/%h-%r-%p-%n',
      'IdentityFile %d/k%%',
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is ssh_config's own syntax.
      'UserKnownHostsFile ~/.ssh/%h ${KEYS}/known',
      'GlobalKnownHostsFile none',
    ].join('\n');
    const hop = await resolve({ host: 'node' }, config, { KEYS: '/keys' });
    expect(hop.host).toBe('node.lab');
    expect(hop.identityFiles).toEqual([inSsh('node.lab-root-22-node'), path.join(home, 'k%')]);
    expect(hop.knownHostsFiles).toEqual([inSsh('node.lab'), '/keys/known']);
  });

  it('looks keys up under HostKeyAlias, or with the port where it is not 22', async () => {
    expect((await resolve({ host: 'node', port: 2222 })).keyName).toBe('[node]:2222');
    const aliased = await resolve({ host: 'node', port: 2222 }, 'HostKeyAlias Rack');
    expect(aliased.keyName).toBe('rack');
  });

  it.each([
    ['', '/env'],
    ['IdentityAgent none', null],
    ['IdentityAgent SSH_AUTH_SOCK', '/env'],
    ['IdentityAgent $OTHER', '/other'],
    ['IdentityAgent ~/agent', 'HOME/agent'],
  ])('%j: the agent at %s', async (config, expected) => {
    const environment = { SSH_AUTH_SOCK: '/env', OTHER: '/other' };
    const hop = await resolve({ host: 'node' }, config, environment);
    expect(hop.agentSocket).toBe(expected?.replace('HOME', home) ?? null);
  });

  it('follows ProxyJump through aliases, several in a row, and "none"', async () => {
    const config = [
      'Host end\n  ProxyJump one,me@two:2222',
      'Host one\n  HostName 10.0.0.1\n  User u\n  ProxyJump zero',
      'Host two\n  HostName 10.0.0.2\n  ProxyJump ignored',
      'Host zero\n  HostName 10.0.0.9\n  User z\n  ProxyJump none',
    ].join('\n');
    expect(jumpChain(await resolve({ host: 'end' }, config))).toEqual([
      'z@10.0.0.9:22',
      'u@10.0.0.1:22',
      'me@10.0.0.2:2222',
    ]);
  });

  it.each([
    ['ssh -o StrictHostKeyChecking=no -oBatchMode=yes -qAx -W %h:%p gate', {}],
    ['ssh -o "Port 2222" -o User=me -W %h:%p gate', { port: 2222, user: 'me' }],
    ['ssh gate exec nc -w 5 %h %p', {}],
  ])(
    'takes a ProxyCommand whose settings make no difference to the way: %s',
    async (command, way) => {
      const hop = await resolve({ host: 'end' }, `Host end\n  ProxyCommand ${command}`);
      expect(hop.via).toMatchObject({ host: 'gate', ...way });
    },
  );

  it('takes no ProxyCommand whose settings lead elsewhere', async () => {
    const command = 'ssh -o ProxyCommand=evil -W %h:%p gate';
    const resolving = resolve({ host: 'end' }, `Host end\n  ProxyCommand ${command}`);
    await expect(resolving).rejects.toMatchObject({ code: 'SSH_CONFIG_INVALID' });
  });

  it('takes the older ProxyCommand form for a jump, and refuses any other', async () => {
    const jump = await resolve({ host: 'end' }, 'Host end\n  ProxyCommand ssh -W %h:%p me@one');
    expect(jumpChain(jump)).toEqual(['me@one:22']);
    await expect(
      resolve({ host: 'end' }, 'Host end\n  ProxyCommand nc -X 5 %h %p'),
    ).rejects.toMatchObject({ code: 'SSH_CONFIG_INVALID' });
  });

  it('finds jump hosts that go round in a circle', async () => {
    const circle = 'Host a\n  ProxyJump b\nHost b\n  ProxyJump a';
    await expect(resolve({ host: 'a' }, circle)).rejects.toMatchObject({
      code: 'SSH_CONFIG_INVALID',
      message: 'The jump hosts go round in a circle: a → b → a.',
    });
    const everywhere = 'Host *\n  ProxyJump bastion';
    await expect(resolve({ host: 'node' }, everywhere)).rejects.toMatchObject({
      code: 'SSH_CONFIG_INVALID',
    });
  });

  it('refuses a jump host that is none', async () => {
    await expect(resolve({ host: 'a', jump: ['-oProxyCommand=x'] })).rejects.toMatchObject({
      code: 'SSH_CONFIG_INVALID',
    });
  });

  it('counts two names of one machine as one, and two users as two', async () => {
    const config = 'Host a b\n  HostName 10.0.0.1\n  User u';
    const [a, b] = [await resolve({ host: 'a' }, config), await resolve({ host: 'b' }, config)];
    const root = await resolve({ host: 'a', user: 'root' }, config);
    expect(hopKey(a)).toBe(hopKey(b));
    expect(hopKey(root)).not.toBe(hopKey(a));
  });
});
