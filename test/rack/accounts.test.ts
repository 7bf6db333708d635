import { statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { describeRack } from './index.ts';
import { ssh } from './ssh-client.ts';

describeRack('accounts of the rack', 'small', (rack) => {
  it.each([
    'root',
    'deploy',
    'admin',
    'viewer',
    'pwonly',
    'kbd',
    'sealed',
    'noisy',
    'terminal',
  ] as const)('%s logs in as described', async (user) => {
    const result = await ssh(rack(), 'node-1', 'id -un', { user });
    expect(result.stderr).not.toContain('denied');
    expect(result.stdout.trim().split('\n').at(-1)).toBe(user);
    expect(result.exitCode).toBe(0);
  });

  it('lets deploy become root without a password', async () => {
    const result = await ssh(rack(), 'node-1', 'sudo -n id -un', { user: 'deploy' });
    expect(result.stdout.trim()).toBe('root');
  });

  it('lets admin become root only with the password', async () => {
    const without = await ssh(rack(), 'node-1', 'sudo -n id -un', { user: 'admin' });
    expect(without.exitCode).toBe(1);
    const { password } = rack().account('admin');
    const stdin = `${password}\n`;
    const right = await ssh(rack(), 'node-1', 'sudo -S -p "" id -un', { user: 'admin', stdin });
    expect(right.stdout.trim()).toBe('root');
  });

  it('lets terminal become root in a terminal only', async () => {
    const without = await ssh(rack(), 'node-1', 'sudo -n id -un', { user: 'terminal' });
    expect(without.stderr).toContain('you must have a tty to run sudo');
    const set = ['RequestTTY=force'];
    const within = await ssh(rack(), 'node-1', 'sudo -n id -un', { user: 'terminal', set });
    expect(within.stdout.trim()).toBe('root');
  });

  it('never lets viewer become root', async () => {
    const result = await ssh(rack(), 'node-1', 'sudo -n id -un', { user: 'viewer' });
    expect(result.exitCode).not.toBe(0);
    expect(result.stdout).toBe('');
  });

  describe('what is refused', () => {
    it('takes no key from pwonly and no plain password from kbd', async () => {
      const set = (method: string) => ({ set: [`PreferredAuthentications=${method}`] });
      const key = await ssh(rack(), 'node-1', 'true', {
        user: 'root',
        set: ['User=pwonly'],
      });
      expect(key.stderr).toContain('Permission denied (password)');
      const plain = await ssh(rack(), 'node-1', 'true', { user: 'kbd', ...set('password') });
      expect(plain.stderr).toContain('Permission denied (keyboard-interactive)');
      const prompted = await ssh(rack(), 'node-1', 'id -un', {
        user: 'kbd',
        ...set('keyboard-interactive'),
      });
      expect(prompted.stdout.trim()).toBe('kbd');
    });

    it('opens the sealed key with its passphrase only', async () => {
      const result = await ssh(rack(), 'node-1', 'true', {
        user: 'root',
        set: ['User=sealed', `IdentityFile=${rack().account('sealed').identityFile}`],
      });
      expect(result.exitCode).toBe(255);
      expect(result.stderr).toContain('Permission denied');
    });

    it('gives locked no shell', async () => {
      const result = await ssh(rack(), 'node-1', 'echo in', { user: 'locked' });
      expect(result.stdout).toContain('This account is currently not available');
      expect(result.stdout).not.toContain('in\n');
      expect(result.exitCode).toBe(1);
    });
  });

  it('prints noise on both streams for noisy', async () => {
    const result = await ssh(rack(), 'node-1', 'echo said', { user: 'noisy' });
    expect(result.stdout).toMatch(/^\*\*\* Welcome[^\n]*\nsaid\n$/);
    expect(result.stderr).toContain('cannot find ~/bin/fancy-prompt');
  });

  it('has on each node only the accounts of its plan', async () => {
    const result = await ssh(rack(), 'node-2', 'true', { user: 'deploy' });
    expect(result.stderr).toContain('Permission denied');
  });

  it('makes new secrets and keeps them from other users', async () => {
    const { stdout } = await rack().node('node-1').exec('cat /etc/shadow');
    expect(stdout).toMatch(/^root:\*:/m);
    const other = await ssh(rack(), 'node-1', 'cat /etc/shadow', { user: 'viewer' });
    expect(other).toMatchObject({ stdout: '', stderr: expect.stringContaining('denied') });
    expect(rack().account('admin').password).toMatch(/^[\w-]{16}$/);
    expect(rack().account('admin').password).not.toBe(rack().account('pwonly').password);
    expect(statSync(rack().state.directory).mode & 0o777).toBe(0o700);
  });
});
