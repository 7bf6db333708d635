import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { withOnboarding } from '../../electron/host/cli/jobs/onboard-session.ts';
import { createSshPool } from '../../electron/host/connections/ssh/pool.ts';
import { openDatabase } from '../../electron/host/db/index.ts';
import { createSecrets } from '../../electron/host/engine/secrets/index.ts';
import { MemoryKeyStore } from '../../electron/host/engine/secrets/memory-key-store.ts';
import type { SecretSubject } from '../../shared/model/secrets.ts';
import { describeRack } from '../rack/index.ts';
import { CommandLine } from './command-line.ts';

vi.setConfig({ testTimeout: 180_000 });

const ended = z.object({
  jobId: z.uuid(),
  state: z.object({ state: z.string() }),
  report: z.string(),
});

describeRack('onboarding from the command line', 'onboarding', (rack) => {
  let line: CommandLine;
  beforeAll(() => {
    line = new CommandLine();
  });
  afterAll(() => line.close());
  const say = async (node: string, command: string) =>
    (await rack().node(node).exec(command)).stdout.trim();
  const onboard = (host: string, answers: readonly string[], ...more: readonly string[]) => {
    const file = path.join(line.directory, `${host}.yaml`);
    writeFileSync(file, ['rackhelm-answers: 1', ...answers, ''].join('\n'));
    const config = ['--ssh-config', rack().sshConfigFile, '--timeout', '60', '--data', data()];
    return line.run('onboard', host, '--answers', file, ...config, ...more);
  };
  const data = () => path.join(line.directory, 'inventory');
  /** As another process does it, from what the first one left. */
  const undo = async (jobId: string) => {
    const database = openDatabase({ dataDirectory: data() });
    const pool = createSshPool({
      hostKeys: database.hostKeys,
      configFile: rack().sshConfigFile,
    });
    const resourcesDirectory = fileURLToPath(new URL('../../resources', import.meta.url));
    const session = {
      ...{ database, pool },
      readMachine: () => Promise.reject(new Error('nothing is read')),
    };
    try {
      return await withOnboarding({ resourcesDirectory }, session, async ({ jobs }) => {
        await jobs.undo(jobId, { attended: false });
        return (await jobs.ended(jobId)).state;
      });
    } finally {
      await pool.close();
      database.close();
    }
  };
  const ids = 'cat /etc/machine-id; cat /etc/ssh/ssh_host_ed25519_key.pub';

  it('mends a Pi with two things wrong, names it and keeps its report', async () => {
    const answers = [
      'all:',
      '  role: worker',
      '  fixes: [onboarding.memory-cgroup, onboarding.swap]',
      'machines:',
      '  - host: pi',
      '    name: pi-7',
      '    hostname: pi-7',
    ];
    const planned = await onboard('pi', answers, '--plan');
    expect(planned).toMatchObject({ exitCode: 0 });
    expect(planned.stdout).toContain('Call it pi-7');
    expect(await say('pi', 'hostname')).toBe('raspberrypi');

    const done = await onboard('pi', answers, '--yes', '--json');
    expect(done, done.stderr).toMatchObject({ exitCode: 0 });
    const { jobId, state, report } = ended.parse(JSON.parse(done.stdout));
    expect(state.state).toBe('done');
    expect(report).toContain('# Onboarding of pi-7');
    expect(report).toContain('Switch off swap');
    expect(await say('pi', 'hostname')).toBe('pi-7');
    expect(await say('pi', 'cat /sys/fs/cgroup/cgroup.controllers')).toContain('memory');
    expect(await say('pi', 'swapon --show --noheadings')).toBe('');
    const devices = ['devices', '--json', '--data', data()];
    const { stdout } = await line.run(...devices);
    expect(JSON.parse(stdout)).toMatchObject([{ name: 'pi-7', status: 'active' }]);

    const undone = await undo(jobId);
    expect(undone, JSON.stringify(undone)).toMatchObject({ state: 'undone' });
    expect(await say('pi', 'hostname')).toBe('raspberrypi');
    expect(await say('pi', 'swapon --show --noheadings')).toContain('/var/swap');
    expect(JSON.parse((await line.run(...devices)).stdout)).toEqual([]);
    await rack().node('pi').reboot();
    expect(await say('pi', 'cat /sys/fs/cgroup/cgroup.controllers')).not.toContain('memory');
  });

  it('tells a copy from its twin, does nothing until that is said, and gives it an identity of its own', async () => {
    const added = await line.run(
      ...['add', 'twin-1', '--ssh-config', rack().sshConfigFile, '--data', data()],
    );
    expect(added, added.stderr).toMatchObject({ exitCode: 0 });
    const shared = await say('twin-1', ids);
    expect(await say('twin-2', ids)).toBe(shared);

    const unclear = await onboard('twin-2', ['all:', '  role: worker'], '--yes');
    expect(unclear.exitCode).toBe(5);
    expect(unclear.stderr).toContain('copy of twin-1');
    expect(await say('twin-2', ids)).toBe(shared);

    const answers = [
      'all:',
      '  role: worker',
      '  fixes: none',
      'machines:',
      '  - host: twin-2',
      '    as: clone',
      '    device: twin-1',
      '    name: twin-2',
    ];
    const done = await onboard('twin-2', answers, '--yes', '--json');
    expect(done, done.stderr).toMatchObject({ exitCode: 0 });
    const [id, key] = (await say('twin-2', ids)).split('\n');
    const [oldId, oldKey] = shared.split('\n');
    expect(id).not.toBe(oldId);
    expect(key).not.toBe(oldKey);
    expect(await say('twin-1', ids)).toBe(shared);

    expect(await undo(ended.parse(JSON.parse(done.stdout)).jobId)).toMatchObject({
      state: 'undone',
    });
    expect(await say('twin-2', ids)).toBe(shared);
  });

  it('comes by a password, puts Rackhelm’s own key there, and comes by that alone from then on', async () => {
    const { address, port } = rack().node('clean');
    const { user } = rack().account('deploy');
    const password = 'typed once and never again';
    const passphraseFile = path.join(line.directory, 'passphrase');
    writeFileSync(passphraseFile, 'correct horse battery\n', { mode: 0o600 });
    const sshd = '/etc/ssh/sshd_config';
    await say('clean', `echo '${user}:${password}' | chpasswd; cp ${sshd} /run/kept`);
    await say('clean', `sed -i 's/^PasswordAuthentication no/PasswordAuthentication yes/' ${sshd}`);
    await say('clean', 'systemctl reload ssh');
    const run = (...args: string[]) =>
      line.run(...args, '--data', data(), '--passphrase-file', passphraseFile);
    const remembered = await storePassword(data(), passphraseFile, {
      user,
      host: address,
      port,
      password,
    });
    const file = path.join(line.directory, 'clean.yaml');
    const answers = [
      'rackhelm-answers: 1',
      'all:',
      '  ssh-key: rackhelm',
      '  password-login-off: true',
      '  fixes: none',
      'machines:',
      `  - host: ${user}@${address}:${port}`,
      '    name: clean-1',
      '',
    ];
    writeFileSync(file, answers.join('\n'));
    const done = await run(
      'onboard',
      '--answers',
      file,
      '--yes',
      '--json',
      '--accept-new-host-key',
    );
    expect(done, done.stderr).toMatchObject({ exitCode: 0 });
    const { jobId, state } = ended.parse(JSON.parse(done.stdout));
    expect(state.state).toBe('done');
    const takesPasswords = () => say('clean', 'sshd -T | grep -i ^passwordauthentication');
    expect(await takesPasswords()).toMatch(/ no$/i);

    // Nothing is left to log in with but the key.
    await run('secrets', 'forget', remembered);
    const refreshed = await run('refresh', 'clean-1');
    expect(refreshed, refreshed.stderr).toMatchObject({ exitCode: 0 });
    const key = await run('secrets', 'key', '--json');
    expect(JSON.parse(key.stdout)).toMatchObject({ keys: [{ opens: 1, logins: [{ user }] }] });

    const undone = await run('job', jobId, '--undo');
    expect(undone, undone.stderr).toMatchObject({ exitCode: 0 });
    expect(await takesPasswords()).toMatch(/ yes$/i);
    expect(await say('clean', `cat ~${user}/.ssh/authorized_keys`)).not.toContain('rackhelm@');
    await say('clean', `cat /run/kept >${sshd}; rm /run/kept; systemctl reload ssh`);
  });
});

/** As the store has it after a person typed it. */
async function storePassword(
  dataDirectory: string,
  passphraseFile: string,
  { password, ...account }: { user: string; host: string; port: number; password: string },
): Promise<string> {
  const database = openDatabase({ dataDirectory });
  const { secrets: store, readings: settings } = database;
  const report = (error: unknown) => expect(error).toBeNull();
  const secrets = createSecrets({ store, settings, keyStore: new MemoryKeyStore(), report });
  try {
    const passphrase = readFileSync(passphraseFile, 'utf8').trim();
    await secrets.setUp({ way: 'passphrase', passphrase });
    const subject: SecretSubject = { kind: 'ssh-password', ...account, through: [] };
    return (await secrets.put(subject, password, { worked: true })).id;
  } finally {
    await secrets.close();
    database.close();
  }
}
