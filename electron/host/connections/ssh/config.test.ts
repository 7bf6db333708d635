import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type { ConfigQuery } from './config.ts';
import { parseLine, readConfig } from './config-file.ts';
import { settingsFor } from './host-settings.ts';

function lines(text: string) {
  return text.split('\n').flatMap((raw, index) => parseLine(raw, 'config', index + 1) ?? []);
}

function settings(text: string, query: Partial<ConfigQuery> = {}) {
  return settingsFor([lines(text)], { host: 'node', localUser: 'me', ...query });
}

function failure(act: () => unknown): RackhelmError {
  try {
    act();
  } catch (error) {
    if (error instanceof RackhelmError) return error;
  }
  throw new Error('It did not fail as it should.');
}

describe('settingsFor', () => {
  it('takes the first value of each keyword, whatever its case, and all identity files', () => {
    const text = [
      'Host node',
      '  hostname 10.0.0.1',
      '  IdentityFile ~/.ssh/a',
      'Host *',
      '  HostName wrong',
      '  PORT=2222',
      '  User "jane doe"',
      '  IdentityFile ~/.ssh/b',
      '  IdentitiesOnly yes',
    ].join('\n');
    expect(settings(text)).toMatchObject({
      hostName: '10.0.0.1',
      port: 2222,
      user: 'jane doe',
      identityFiles: ['~/.ssh/a', '~/.ssh/b'],
      identitiesOnly: true,
    });
  });

  it.each([
    ['Host node', true],
    ['Host NODE', false],
    ['Match host NODE', true],
    ['Match originalhost NODE', true],
    ['Match localuser ME', false],
    ['Match host=node', true],
    ['Match tagged lab', false],
    ['Match localnetwork 198.51.100.0/24', false],
    ['Host other node', true],
    ['Host no?e', true],
    ['Host nod', false],
    ['Host node?', false],
    ['Host * !node', false],
    ['Host !other', false],
    ['Match all', true],
    ['Match host node', true],
    ['Match host other,no*', true],
    ['Match host real', false],
    ['Match originalhost node user me', true],
    ['Match user root', false],
    ['Match !user root', true],
    ['Match localuser me', true],
    ['Match exec "true"', false],
    ['Match !exec "true"', false],
    ['Match final', true],
    ['Match canonical', false],
    ['Match !final', true],
    ['Match final host other', false],
    [`Host ${'*a'.repeat(1000)}b`, false],
    [`Host ${'*'.repeat(100_000)}`, true],
  ])('%s applies to node as me: %s', (block, expected) => {
    expect(settings(`${block}\n  Port 99`).port === 99).toBe(expected);
  });

  it('lets Match see what was found before it', () => {
    const text = 'Host node\n  HostName real\n  User root\nMatch host real user root\n  Port 99';
    expect(settings(text).port).toBe(99);
  });

  it('lets Match user see the user whom the caller named', () => {
    expect(settings('Match user root\n  Port 99', { user: 'root' }).port).toBe(99);
  });

  it.each([
    ['ProxyCommand none\nProxyJump gate', { proxyCommand: 'none' }],
    ['ProxyJump none\nProxyCommand ssh gate', { proxyJump: 'none' }],
    ['ProxyCommand ssh -W %h:%p "gate"\nProxyJump x', { proxyCommand: 'ssh -W %h:%p "gate"' }],
    ['ConnectTimeout 30s', { connectTimeoutSeconds: 30 }],
    ['ConnectTimeout 1m30', { connectTimeoutSeconds: 90 }],
    ['ConnectTimeout 0', {}],
    ['ConnectTimeout none', {}],
    ['User a#b # c', { user: 'a#b' }],
    ["IdentityFile '~/a b'", { identityFiles: ['~/a b'] }],
  ])('reads %j as OpenSSH does', (text, expected) => {
    const { identityFiles, ...rest } = settings(text);
    const found = { ...rest, ...(identityFiles.length > 0 ? { identityFiles } : {}) };
    const { identityFiles: _none, ...nothing } = settings('');
    expect(found).toEqual({ ...nothing, ...expected });
  });

  it.each([
    ['Port abc', /line 1.*"abc"/],
    ['Port 70000', /line 1/],
    ['Host a\nPort', /line 2: a value is missing/],
    ['Host "a', /line 1: a quote is not closed/],
    ['Host', /line 1: a value is missing/],
    ['IdentitiesOnly perhaps', /line 1.*neither yes nor no/],
    ['ConnectTimeout soon', /line 1/],
    ['Match host', /line 1/],
  ])('%j: SSH_CONFIG_INVALID that names the line', (text, sentence) => {
    const error = failure(() => settings(text));
    expect(error.code).toBe('SSH_CONFIG_INVALID');
    expect(error.message).toMatch(sentence);
  });
});

describe('readConfig', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-config-'));
    mkdirSync(path.join(home, '.ssh/conf.d'), { recursive: true });
  });
  afterEach(() => rmSync(home, { recursive: true }));

  const source = () => ({
    file: path.join(home, '.ssh/config'),
    includeBase: path.join(home, '.ssh'),
    required: false,
  });
  const write = (name: string, text: string) => writeFileSync(path.join(home, '.ssh', name), text);

  it('reads included files in place: relative, with ~ and with patterns, in order', async () => {
    write('config', 'Include conf.d/*\nInclude ~/.ssh/more\nHost *\n  Port 1\n');
    write('conf.d/b', 'Host node\n  Port 3\n');
    write('conf.d/a', 'Host node\n  User a\n');
    write('more', 'Host node\n  HostName more\n');
    const read = await readConfig(source(), { home });
    expect(settingsFor([read], { host: 'node', localUser: 'me' })).toMatchObject({
      user: 'a',
      port: 3,
      hostName: 'more',
    });
  });

  it('begins each included file in the state of its Include line', async () => {
    write('config', 'Include conf.d/*\nPort 7\n');
    write('conf.d/a', 'User a\nHost other\n  Port 1\n');
    write('conf.d/b', 'HostName real\n');
    const read = await readConfig(source(), { home });
    expect(settingsFor([read], { host: 'node', localUser: 'me' })).toMatchObject({
      user: 'a',
      hostName: 'real',
      port: 7,
    });
  });

  it('passes over folders, dot files and missing files among what Include names', async () => {
    mkdirSync(path.join(home, '.ssh/conf.d/folder'));
    write('conf.d/.swap', 'b0VIM "\n');
    write('conf.d/a', 'Port 3\n');
    write('config', 'Include conf.d/* none none/* conf.d/folder "conf.d/a"\n');
    const read = await readConfig(source(), { home });
    expect(settingsFor([read], { host: 'node', localUser: 'me' }).port).toBe(3);
  });

  it('says in a sentence what cannot be a configuration', async () => {
    const sentence = async (content: string | Buffer) => {
      writeFileSync(path.join(home, '.ssh/config'), content);
      return await readConfig({ ...source(), required: true }, { home }).then(
        (lines) => lines.length,
        (error: Error) => error.message,
      );
    };
    expect(await sentence(Buffer.from('\ufeffHost a\n', 'utf16le'))).toMatch(/UTF-16/);
    expect(await sentence(Buffer.alloc(17 * 1024 * 1024, '#\n'))).toMatch(/is too large/);
    expect(await sentence('\ufeffHost a\r\n  Port 1\0 rubbish\r\n')).toBe(2);
    expect(await sentence(`Host ${'x'.repeat(1024 * 1024)}\n`)).toBe(1);
    expect(await sentence('Host x\n'.repeat(100_000))).toBe(100_000);
    writeFileSync(path.join(home, '.ssh/wide'), 'Include wide\nInclude wide\n');
    expect(await sentence('Include wide\n'.repeat(50))).toMatch(/circle/);
  });

  it.runIf(process.getuid)('does not read what others may write, as ssh', async () => {
    write('more', 'Port 3\n');
    chmodSync(path.join(home, '.ssh/more'), 0o666);
    write('config', 'Include more\n');
    await expect(readConfig(source(), { home })).rejects.toMatchObject({
      message: expect.stringContaining('may be written by others'),
    });
  });

  it('includes a file for the hosts of the block around it only', async () => {
    write('config', 'Host node\n  Include more\n  User inside\nHost *\n  Port 1\n');
    write('more', 'Host other\n  Port 5\nHost *\n  Port 6\n');
    const read = await readConfig(source(), { home });
    const of = (host: string) => settingsFor([read], { host, localUser: 'me' });
    expect(of('node')).toMatchObject({ port: 6, user: 'inside' });
    expect(of('other').port).toBe(1);
  });

  it('names file and line of a mistake in an included file', async () => {
    write('config', 'Include more\n');
    write('more', '# fine\nPort\n');
    await expect(readConfig(source(), { home })).rejects.toMatchObject({
      code: 'SSH_CONFIG_INVALID',
      data: { file: path.join(home, '.ssh/more'), line: 2 },
    });
  });

  it('ends a file that includes itself', async () => {
    write('config', 'Include config\n');
    await expect(readConfig(source(), { home })).rejects.toMatchObject({
      code: 'SSH_CONFIG_INVALID',
    });
  });

  it('does without the default file, but not without one that was named', async () => {
    await expect(readConfig(source(), { home })).resolves.toEqual([]);
    await expect(readConfig({ ...source(), required: true }, { home })).rejects.toMatchObject({
      code: 'SSH_CONFIG_INVALID',
    });
  });
});
