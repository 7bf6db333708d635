import { describe, expect, it } from 'vitest';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { FakeMachine, type FakeScript } from '../../engine/machines/fake-machine.ts';
import { findInstallation } from '../../installation.ts';
import { readRemoteScript } from '../../remote-script.ts';
import { defaultCidrs } from './context.ts';
import { localMachine } from './local-machine.ts';
import { createMachineChecks } from './machine-checks.ts';
import { one } from './preflight-fixture.ts';
import type { InventoryView } from './rules/twins.ts';

const { resourcesDirectory } = findInstallation(import.meta.dirname);
const checks = createMachineChecks({
  script: readRemoteScript(resourcesDirectory, 'preflight'),
  report: (error) => {
    throw error;
  },
});
const nobody: InventoryView = { carriers: () => [], memberOf: null };
const input = (inventory = nobody) => ({
  role: 'worker' as const,
  plan: { name: null, addresses: ['10.0.10.9/24'], cidrs: defaultCidrs },
  network: 'none' as const,
  subject: { id: null, name: 'pi-1' },
  inventory,
  signal: new AbortController().signal,
});

/** Answers as the script would, with the marks of whatever nonce it was given. */
const telling =
  (uid: number, parts: Readonly<Record<string, string>> = {}) =>
  ({ args: [nonce = ''] }: FakeScript) => {
    const all = Object.entries({ ...parts, there: `+/run/systemd/system\n=${uid}` });
    const text = all.map(
      ([label, said]) => `\n@@${nonce} part ${label}\n${said}\n\n@@${nonce} exit 0\n`,
    );
    return `banner\n\n@@${nonce} begin 1\n${text.join('')}\n@@${nonce} end\n`;
  };

describe('checking one machine', () => {
  it('takes one round trip as root', async () => {
    const machine = new FakeMachine().answer('preflight.sh', telling(0));
    await checks.checkMachine(machine, input());
    expect(machine.scripts.map(({ root }) => root)).toEqual([false]);
  });

  it('takes a second one for what only root may see, and says who saw it', async () => {
    const machine = new FakeMachine({ user: 'ada' })
      .answer('preflight.sh', telling(1000))
      .answer(
        'preflight.sh (as root)',
        telling(0, { 'sshd-settings': 'passwordauthentication no' }),
      );
    const results = await checks.checkMachine(machine, input());
    expect(machine.scripts.map(({ root, args }) => [root, args[2]])).toEqual([
      [false, 'all'],
      [true, 'root'],
    ]);
    const login = one(results, 'ssh-password-login');
    expect(login).toMatchObject({ status: 'pass', evidence: [{ as: 'root' }] });
    expect(one(results, 'init-system').evidence[0]?.as).toBe('ada');
  });

  it('keeps what it learned where root cannot be had, and says why', async () => {
    const refuse = () => {
      throw new RackhelmError('SUDO_PASSWORD_WRONG', 'The sudo password is wrong.');
    };
    const machine = new FakeMachine({ user: 'ada' })
      .answer('preflight.sh', telling(1000))
      .answer('preflight.sh (as root)', refuse);
    const results = await checks.checkMachine(machine, input());
    expect(one(results, 'init-system').status).toBe('pass');
    expect(one(results, 'ssh-password-login')).toMatchObject({
      status: 'unknown',
      found: expect.stringContaining('The sudo password is wrong.'),
    });
  });

  it('takes no answer for none', async () => {
    const machine = new FakeMachine().answer('preflight.sh', 'Welcome!\n');
    await expect(checks.checkMachine(machine, input())).rejects.toMatchObject({
      code: 'SSH_OUTPUT_INVALID',
    });
  });

  it('compares it with the inventory: id, keys, name, and the addresses that it is to have', async () => {
    const blob = Buffer.from('a key').toString('base64');
    const files = [
      '/etc/machine-id:8a1f0c6e4f0b4c3f9d2e5b7a6c8d9e0f',
      '/proc/sys/kernel/hostname:pi-1',
      `/etc/ssh/ssh_host_ed25519_key.pub:ssh-ed25519 ${blob} root@pi-1`,
    ].join('\n');
    const machine = new FakeMachine().answer('preflight.sh', telling(0, { files }));
    const asked: string[] = [];
    const inventory: InventoryView = {
      memberOf: null,
      carriers: ({ kind, value }) => {
        asked.push(`${kind} ${value}`);
        return [{ deviceId: 'd', deviceName: 'pi-9' }];
      },
    };
    const results = await checks.checkMachine(machine, input(inventory));
    const status = (check: string) => one(results, check).status;
    for (const check of [
      'cloned-machine-id',
      'cloned-host-keys',
      'unique-name',
      'unique-addresses',
    ]) {
      expect(status(check), check).toBe('fail');
      expect(one(results, check).found).toContain('pi-9');
    }
    expect(one(results, 'cloned-host-keys').fix).toMatchObject({
      phase: 'host-keys',
      params: { was: [blob] },
    });
    expect(asked).toContain('address 10.0.10.9');
    expect(asked.some((each) => each.startsWith('ssh-host-key ssh-ed25519 SHA256:'))).toBe(true);
  });
});

describe('the script', () => {
  it.each([[['dash']], [['bash']], [['busybox', 'ash']]])(
    'runs under %j, and every check comes to a result',
    async (interpreter) => {
      const results = await checks.checkMachine(localMachine(interpreter), input());
      expect(new Set(results.map(({ check }) => check)).size).toBeGreaterThan(45);
      expect(one(results, 'clock-skew').status).toBe('pass');
      expect(one(results, 'cores').status).toBe('pass');
    },
  );

  it('is read on a thread where a machine says very much', async () => {
    const files = `/etc/hosts:127.0.0.1 localhost\n`.repeat(20_000);
    const machine = new FakeMachine().answer('preflight.sh', telling(0, { files }));
    const results = await checks.checkMachine(machine, input());
    expect(one(results, 'init-system').status).toBe('pass');
  });
});
