import { execFileSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { type SshWay, sshCommand, sshLink } from './ssh-command.ts';

const bare: SshWay = {
  sshHost: '10.0.0.5',
  sshPort: null,
  sshUser: null,
  sshIdentityFile: null,
  sshJump: null,
};

it('says no more than what is declared', () => {
  expect(sshCommand(bare)).toBe('ssh 10.0.0.5');
  expect(sshCommand({ ...bare, sshHost: null })).toBeNull();
});

it('names port, key, jump hosts and user', () => {
  const way = {
    sshHost: 'node-1',
    sshPort: 2222,
    sshUser: 'ops',
    sshIdentityFile: '~/.ssh/id_lab',
    sshJump: 'jump, root@[fd00::1]:22',
  };
  expect(sshCommand(way)).toBe(
    "ssh -p 2222 -i '~/.ssh/id_lab' -J 'jump,root@[fd00::1]:22' -l ops node-1",
  );
});

it.each(["it's here/id", '$(touch x)', 'a b;c', '`id`', '"', '\\', '!!', 'é*'])(
  'reaches ssh as one word through a shell: %s',
  (file) => {
    const command = sshCommand({ ...bare, sshIdentityFile: file }) ?? '';
    const printed = execFileSync('sh', ['-c', command.replace(/^ssh/, "printf '%s\\n'")]);
    expect(printed.toString()).toBe(`-i\n${file}\n10.0.0.5\n`);
  },
);

it('does not let a host pass for an option', () => {
  expect(sshCommand({ ...bare, sshHost: '-oProxyCommand=x' })).toBe('ssh -- -oProxyCommand=x');
});

it.each([
  [{}, 'ssh://10.0.0.5'],
  [{ sshUser: 'ops', sshPort: 2222 }, 'ssh://ops@10.0.0.5:2222'],
  [{ sshHost: 'fd00::5' }, 'ssh://[fd00::5]'],
  [{ sshHost: '-oProxyCommand=x' }, null],
  [{ sshHost: 'a b' }, null],
  [{ sshUser: '-x' }, null],
  [{ sshUser: 'a:b' }, null],
  [{ sshJump: 'jump' }, null],
  [{ sshIdentityFile: '~/.ssh/id' }, null],
] as const)('is a link where one can say it: %o', (way, link) => {
  expect(sshLink({ ...bare, ...way })).toBe(link);
});
