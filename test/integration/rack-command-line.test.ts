import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { z } from 'zod';
import { factsSchema } from '../../shared/model/facts.ts';
import { deviceRow } from '../../shared/model/inventory.ts';
import { describeRack } from '../rack/index.ts';
import { CommandLine } from './command-line.ts';
import { statuses, told } from './rack/login.ts';

/** What happened in one sentence and what to do, one line each, and no stack. */
const sentenceAndHint = /^(?! )[^\n]+\.\n[A-Z][^\n]+\.\n$/;

describeRack('the command line on the rack', 'seed', (rack) => {
  let line: CommandLine;
  beforeEach(() => {
    line = new CommandLine();
  });
  afterEach(() => line.close());
  const config = () => ['--ssh-config', rack().sshConfigFile];
  const devices = async () => {
    const { stdout } = await line.run('devices', '--json');
    return z.array(deviceRow).parse(JSON.parse(stdout));
  };

  it('prints the facts of a machine, for a program and for a person', async () => {
    const json = await line.run('facts', 'db-1', ...config(), '--json');
    expect(json).toMatchObject({ exitCode: 0, stderr: '' });
    const facts = factsSchema.parse(JSON.parse(json.stdout));
    expect(told(facts, 'hostname').hostname).toBe('db-1');
    expect(Object.values(statuses(facts))).not.toContain('failed');

    const text = await line.run('facts', 'pi-1', ...config());
    expect(text).toMatchObject({ exitCode: 0, stderr: '' });
    expect(text.stdout).toMatch(/^Hostname +pi-1/);
    expect(text.stdout).toMatch(/^Model +Raspberry Pi, Raspberry Pi 5 Model B/m);
    expect(await devices()).toEqual([]);
  });

  it('adds the whole rack from its ssh configuration, and knows each machine the next time', async () => {
    const names = rack().nodes.map(({ name }) => name);
    const first = await line.run('add', ...config());
    expect(first).toMatchObject({ exitCode: 0, stderr: '' });
    expect(first.stdout).toBe(names.map((name) => `Added ${name} (${name})\n`).join(''));
    const added = await devices();
    expect(added.map(({ name }) => name).sort()).toEqual([...names].sort());
    for (const device of added) {
      // What the configuration said stands in the inventory, so that the app needs no such file.
      const node = rack().node(device.name);
      expect(device).toMatchObject({
        sshHost: node.address,
        sshUser: 'root',
        sshIdentityFile: node.identityFile,
        sshJump: device.name === 'db-1' ? `root@${rack().node('jump').address}:22` : null,
        status: 'active',
        differences: 0,
      });
    }

    // Nor does it have to ask about keys that the configuration's known_hosts vouched for.
    const behind = rack().node('db-1');
    const jump = `root@${rack().node('jump').address}:22`;
    const identity = behind.identityFile;
    const alone = ['--user', 'root', '--identity', identity, '--jump', jump];
    expect(await line.run('facts', behind.address, ...alone)).toMatchObject({
      exitCode: 0,
      stderr: '',
    });

    const second = await line.run('add', ...config(), '--json');
    expect(second.exitCode).toBe(0);
    expect(JSON.parse(second.stdout)).toEqual(
      names.map((name) => ({
        host: name,
        added: true,
        name,
        deviceId: added.find((device) => device.name === name)?.id,
        known: true,
      })),
    );
    expect((await line.run('add', 'pi-1', ...config())).stdout).toBe('Updated pi-1 (pi-1)\n');
    expect((await devices()).map(({ id }) => id)).toEqual(added.map(({ id }) => id));
  });

  it('adds those that answer, tells of those that do not, and ends with 4', async () => {
    await using _fault = await rack().node('pi-2').fault('sshd-stopped');
    const result = await line.run('add', 'pi-1', 'pi-2', 'pi-3', ...config());
    expect(result).toMatchObject({
      exitCode: 4,
      stdout: 'Added pi-1 (pi-1)\nAdded pi-3 (pi-3)\n',
    });
    expect(result.stderr).toMatch(/^pi-2: /);
    expect(result.stderr.slice('pi-2: '.length)).toMatch(sentenceAndHint);
    expect((await devices()).map(({ name }) => name)).toEqual(['pi-1', 'pi-3']);
  });

  it('ends with 3 and one sentence where the machine cannot be read', async () => {
    const { address, identityFile } = rack().node('jump');
    const { identityFile: locked } = rack().account('locked');
    const unread: readonly (readonly string[])[] = [
      ['facts', `root@${address}`, '--port', '1'],
      // Without a terminal nobody can look at a key that is not on record.
      ['facts', `root@${rack().node('pi-3').address}`, '--identity', identityFile],
      ['facts', `locked@${address}`, '--identity', `${locked}`, '--accept-new-host-key'],
      ['add', `root@${address}`, '--identity', path.join(line.directory, 'no-such-key')],
    ];
    for (const [index, result] of (
      await Promise.all(unread.map((args) => line.run(...args)))
    ).entries()) {
      expect(result, unread[index]?.join(' ')).toMatchObject({ exitCode: 3, stdout: '' });
      expect(result.stderr.replace(/^root@[\d.]+: /, '')).toMatch(sentenceAndHint);
    }
    expect(await devices()).toEqual([]);
  });

  it('takes a new host key where it is told to, and a changed one never', async () => {
    const node = rack().node('worker-2');
    const args = ['facts', `root@${node.address}`, '-i', node.identityFile];
    expect((await line.run(...args, '--accept-new-host-key')).exitCode).toBe(0);
    expect((await line.run(...args)).exitCode).toBe(0);
    await using _fault = await node.fault('host-key-replaced');
    const changed = await line.run(...args, '--accept-new-host-key');
    expect(changed).toMatchObject({ exitCode: 3, stdout: '' });
    expect(changed.stderr).toMatch(sentenceAndHint);
    expect(changed.stderr).toContain('another key than before');
  });

  it.each([
    ['pwonly', 'nas'],
    ['kbd', 'worker-2'],
    ['sealed', 'pi-3'],
  ] as const)('ends with 3 for %s, who cannot be asked without a terminal', async (user, name) => {
    const { identityFile } = rack().account(user);
    const key = identityFile === null ? [] : ['--identity', identityFile];
    const result = await line.run('facts', name, '--user', user, ...key, ...config());
    expect(result).toMatchObject({ exitCode: 3, stdout: '' });
    expect(result.stderr).toMatch(sentenceAndHint);
    expect(result.stderr).toMatch(/terminal/);
  });

  it('ends with 2 where it is used wrongly', async () => {
    const empty = path.join(line.directory, 'empty');
    writeFileSync(empty, 'Host *\n  User root\n');
    const wrong: readonly (readonly string[])[] = [
      ['facts'],
      ['facts', 'pi-1', '--port', '70000'],
      ['facts', 'pi-1', '--no-such-option'],
      ['no-such-command'],
      ['facts', 'pi-1', '--ssh-config', path.join(line.directory, 'nowhere')],
      ['add', '--ssh-config', empty],
      ['add'],
      ['add', 'pi-1', 'pi-2', '--name', 'both'],
    ];
    for (const [index, result] of (
      await Promise.all(wrong.map((args) => line.run(...args)))
    ).entries()) {
      expect(result, wrong[index]?.join(' ')).toMatchObject({ exitCode: 2, stdout: '' });
      expect(result.stderr).not.toMatch(/\n +at /);
    }
  });
});
