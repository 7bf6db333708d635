import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { machineContract } from '../../electron/host/engine/machines/machine.contract.ts';
import { type AccountName, describeRack } from '../rack/index.ts';
import { type WorkstationAnswers, workstation } from './rack/workstation.ts';
import { errorOf, never } from './sshd/index.ts';

describeRack('a machine over SSH', 'small', (rack) => {
  let made = 0;
  const contractAs = (user: AccountName) =>
    machineContract(`a node as ${user}`, async () => {
      const node = rack().node('node-1');
      const machine = await workstation(rack(), 'one').open(node, user);
      made += 1;
      const dir = `/opt/contract-${made}`;
      const shell = async (command: string) => {
        const { exitCode, stderr } = await node.exec(command);
        if (exitCode !== 0) throw new Error(stderr);
      };
      await shell(`rm -rf ${dir}; mkdir ${dir}`);
      return {
        machine,
        dir,
        put: (path, content, mode) =>
          shell(
            `echo ${Buffer.from(content).toString('base64')} | base64 -d >'${path}' && chmod ${mode.toString(8)} '${path}'`,
          ),
        link: (path, target) => shell(`ln -s ${target} ${path}`),
        makeDirectory: (path) => shell(`mkdir ${path}`),
        answer: () => {},
      };
    });

  contractAs('root');
  contractAs('admin');

  describe('root', () => {
    const whoami = 'id -un; cat';

    it.each([
      ['root', []],
      ['deploy', []],
      ['admin', ['sudo-password']],
    ] as const)('is had as %s, asking for %j, at most once', async (user, asked) => {
      const here = workstation(rack(), 'one');
      const machine = await here.look(rack().node('node-1'), user);
      const all = await Promise.all(
        [1, 2, 3].map(() => machine.run(whoami, { signal: never, root: true })),
      );
      expect(all.map(({ stdout }) => stdout.toString())).toEqual(['root\n', 'root\n', 'root\n']);
      expect((await machine.run(whoami, { signal: never })).stdout.toString()).toBe(`${user}\n`);
      expect(here.asked().map(({ kind }) => kind)).toEqual(asked);
      const { password } = rack().account(user);
      if (password) expect(JSON.stringify(all)).not.toContain(password);
    });

    it('stops at one wrong password, however many scripts want root', async () => {
      const here = workstation(rack(), 'one', { sudo: 'not this one' });
      const node = rack().node('node-1');
      await node.exec(': >/var/log/auth-tries');
      const machine = await here.look(node, 'admin');
      const runs = [1, 2, 3].map(() => errorOf(machine.run('id', { signal: never, root: true })));
      const errors = await Promise.all(runs);
      expect(errors.map(({ code }) => code)).toEqual(Array(3).fill('SUDO_PASSWORD_WRONG'));
      expect(JSON.stringify(errors.map(({ message, data }) => [message, data]))).not.toContain(
        'not this one',
      );
      expect(here.asked()).toHaveLength(1);
    });

    it('is told as what keeps it away: not allowed, no sudo, a terminal', async () => {
      const node = rack().node('node-1');
      const refusal = async (user: AccountName) =>
        (
          await errorOf(
            (
              await workstation(rack(), 'one').look(node, user)
            ).run('id', { signal: never, root: true }),
          )
        ).code;
      await node.exec('echo viewer:viewer | chpasswd');
      const viewer = workstation(rack(), 'one', { sudo: 'viewer' });
      const asViewer = await viewer.look(node, 'viewer');
      const error = await errorOf(asViewer.run('id', { signal: never, root: true }));
      expect(error.code).toBe('SUDO_NOT_ALLOWED');
      try {
        await node.exec('cp -p /etc/sudoers /root/; echo "Defaults requiretty" >>/etc/sudoers');
        expect(await refusal('deploy')).toBe('SUDO_NEEDS_TERMINAL');
        expect(await refusal('admin')).toBe('SUDO_NEEDS_TERMINAL');
        await node.exec('mv /usr/bin/sudo /usr/bin/sudo-away');
        expect(await refusal('deploy')).toBe('SUDO_MISSING');
      } finally {
        await node.exec('mv /root/sudoers /etc/sudoers; mv /usr/bin/sudo-away /usr/bin/sudo');
      }
    });
  });

  describe('scripts', () => {
    it('are not disturbed by what login shells print, nor by which shell that is', async () => {
      const node = rack().node('node-1');
      const noisy = await workstation(rack(), 'one').look(node, 'noisy');
      const lines: string[] = [];
      const run = () =>
        noisy.run('printf "%s." "$1"', {
          signal: never,
          args: ["a 'b' \\ !c \n d"],
          onLine: (_, line) => lines.push(line),
        });
      const { stdout, stderr } = await run();
      expect([stdout.toString(), stderr.toString()]).toEqual(["a 'b' \\ !c \n d.", '']);
      expect(lines).toEqual(["a 'b' \\ !c", ' d.']);
      const locked = await workstation(rack(), 'one').look(node, 'locked');
      expect((await errorOf(locked.run('id', { signal: never }))).code).toBe('SSH_NO_SHELL');
    });

    it('that are late are ended there, with what they started, also as root', async () => {
      const node = rack().node('node-1');
      const count = async () =>
        (await node.exec('pgrep -cf "[s]leep 4711"; pgrep -cf "[s]leep 4712"')).stdout;
      const machine = await workstation(rack(), 'one').look(node, 'admin');
      const late = (script: string, root: boolean) =>
        errorOf(machine.run(script, { signal: never, root, timeoutMs: 1_500 }));
      const errors = await Promise.all([
        late('sleep 4711 & sleep 4711; sleep 4711', false),
        late('sleep 4712 & sleep 4712; sleep 4712', true),
      ]);
      expect(errors.map(({ code }) => code)).toEqual(['SSH_TIMEOUT', 'SSH_TIMEOUT']);
      const named =
        'node-1 did not finish "sleep 4711 & sleep 4711; sleep 4711" in time (waited 1.5';
      expect(errors[0]?.message).toContain(named);
      expect(await count()).toBe('0\n0\n');
    });

    it('end though something they left in the background holds their output', async () => {
      const machine = await workstation(rack(), 'one').look(rack().node('node-2'), 'root');
      const { stdout, exitCode } = await machine.run('sleep 30 & echo done', { signal: never });
      expect([stdout.toString(), exitCode]).toEqual(['done\n', 0]);
    });

    it('that print without end are ended', async () => {
      const machine = await workstation(rack(), 'one').look(rack().node('node-2'), 'root');
      const endless = { signal: never, maxOutputBytes: 100_000, root: true };
      expect((await errorOf(machine.run('yes', endless))).code).toBe('SSH_OUTPUT_TOO_LARGE');
      expect((await machine.run('pgrep -c yes', { signal: never })).stdout.toString()).toBe('0\n');
    });
  });

  describe('a file that cannot be written', () => {
    const node = () => rack().node('node-3');
    const names = '/etc/rackhelm-test /etc/.rackhelm*';
    const write = async (content: string) => {
      const machine = await workstation(rack(), 'one').look(node(), 'root');
      const expected = await machine.readFile('/etc/rackhelm-test', { signal: never });
      const file = { path: '/etc/rackhelm-test', content };
      return machine.writeFile(file, { signal: never, expect: expected });
    };
    const left = async () => (await node().exec(`cat /etc/rackhelm-test; ls ${names}`)).stdout;
    const asBefore = 'old/etc/rackhelm-test\n';

    it.each([
      ['MACHINE_DISK_FULL', 'disk-full'],
      ['MACHINE_READ_ONLY', 'read-only-root'],
    ] as const)('is %s and stays as it was, with nothing beside it', async (code, fault) => {
      await node().exec('printf old >/etc/rackhelm-test');
      {
        await using _fault = await node().fault(fault);
        expect((await errorOf(write('x'.repeat(50_000)))).code).toBe(code);
        expect(await left()).toBe(asBefore);
      }
      await write('new');
      expect(await left()).toBe('new/etc/rackhelm-test\n');
    });

    it('is MACHINE_FILE_FAILED where something is mounted on it', async () => {
      await node().exec(
        'printf old >/etc/rackhelm-test; mount --bind /etc/rackhelm-test /etc/rackhelm-test',
      );
      try {
        expect((await errorOf(write('new'))).code).toBe('MACHINE_FILE_FAILED');
        expect(await left()).toBe(asBefore);
      } finally {
        await node().exec('umount /etc/rackhelm-test');
      }
    });
  });

  describe('the lock', () => {
    const node = () => rack().node('node-2');
    const left = async () => (await node().exec('ls -A /var/lib/rackhelm/lock 2>&1')).stdout;
    const takeOver: Partial<WorkstationAnswers> = { choice: { kind: 'choice', id: 'take-over' } };

    it('is for one job at a time, and leaves nothing behind', async () => {
      const first = await workstation(rack(), 'one').open(node(), 'root');
      const second = workstation(rack(), 'two');
      const error = await errorOf(second.open(node(), 'root'));
      expect(error.code).toBe('MACHINE_BUSY');
      expect(error.message).toMatch(/held by a job of ada on one \(.{36}\) for \d+ seconds?, last/);
      await first.checkLock(never);
      await first.release();
      expect(await left()).toMatch(/No such file/);
      expect((await node().exec('ls /var/lib/rackhelm 2>&1')).stdout).toMatch(/No such file/);
    });

    it('can be taken over by a person, and who had it is told before the next change', async () => {
      const first = await workstation(rack(), 'one').open(node(), 'root');
      const second = await workstation(rack(), 'two', takeOver).open(node(), 'root');
      const error = await errorOf(first.checkLock(never));
      expect(error).toMatchObject({ code: 'LOCK_LOST' });
      expect(error.message).toContain('a job of ada on two');
      expect((await errorOf(first.run('true', { signal: never }))).code).toBe('LOCK_LOST');
      await first.release();
      await second.checkLock(never);
      await second.release();
      expect(await left()).toMatch(/No such file/);
    });

    it('holds off a write that arrives when another job has the machine already', async () => {
      const first = await workstation(rack(), 'one').open(node(), 'root', { beatMs: 1_000_000 });
      const second = await workstation(rack(), 'two', takeOver).open(node(), 'root');
      const file = { path: '/etc/rackhelm-late', content: 'late' };
      const options = { signal: never, expect: null };
      expect((await errorOf(first.writeFile(file, options))).code).toBe('LOCK_LOST');
      expect(await first.readFile(file.path, { signal: never })).toBeNull();
      await second.writeFile(file, options);
      const expected = await second.readFile(file.path, { signal: never });
      if (expected === null) throw new Error('It was written.');
      const late = first.deleteFile(file.path, { signal: never, expect: expected });
      expect((await errorOf(late)).code).toBe('LOCK_LOST');
      await second.deleteFile(file.path, { signal: never, expect: expected });
      await first.release();
      await second.release();
      expect(await left()).toMatch(/No such file/);
    });

    it('of a dead owner is taken over once it is stale: of many, one gets it', async () => {
      const dead = workstation(rack(), 'dead');
      const stale = { beatMs: 1_000_000 };
      await dead.open(node(), 'root', stale);
      // Its host is gone: nothing gives signs of life any more.
      await node().exec('sleep 2.1');
      const takers = Array.from({ length: 6 }, (_, n) =>
        workstation(rack(), `taker-${n}`)
          .open(node(), 'root', { staleSeconds: 2 })
          .then(
            (machine) => machine,
            (error: unknown) => String(error),
          ),
      );
      const got = (await Promise.all(takers)).filter((taker) => typeof taker !== 'string');
      expect(got).toHaveLength(1);
      await got[0]?.checkLock(never);
    });

    it('is taken at once by the same job of the same computer, as after a crash', async () => {
      const jobId = randomUUID();
      const before = await workstation(rack(), 'one').open(node(), 'root', { jobId });
      const after = await workstation(rack(), 'one').open(node(), 'root', { jobId });
      await after.checkLock(never);
      expect((await errorOf(before.checkLock(never))).code).toBe('LOCK_LOST');
    });

    it('stays alive by signs, whatever the clocks of the machine say', async () => {
      const first = await workstation(rack(), 'one').open(node(), 'root', { beatMs: 300 });
      {
        await using _fault = await node().fault('wrong-clock');
        await node().exec('sleep 3');
        const second = workstation(rack(), 'two');
        const error = await errorOf(second.open(node(), 'root', { staleSeconds: 2 }));
        expect(error.code).toBe('MACHINE_BUSY');
      }
      await first.checkLock(never);
    });
  });

  describe('a restart', () => {
    const node = () => rack().node('node-4');
    const open = () => workstation(rack(), 'one').open(node(), 'root');

    it('is waited for: another boot id, and the machine is still ours', async () => {
      const machine = await open();
      const before = await machine.bootId(never);
      await machine.reboot({ signal: never });
      expect(await machine.bootId(never)).not.toBe(before);
      await machine.checkLock(never);
    });

    it.each([
      ['MACHINE_NOT_BACK', 'reboot-never'],
      ['MACHINE_NOT_BACK', 'reboot-other-address'],
      ['SSH_HOST_KEY_CHANGED', 'reboot-other-key'],
    ] as const)('that goes wrong is %s: %s', async (code, kind) => {
      const machine = await open();
      await using _fault = await node().fault(kind);
      expect((await errorOf(machine.reboot({ signal: never, timeoutMs: 4_000 }))).code).toBe(code);
    });
  });
});
