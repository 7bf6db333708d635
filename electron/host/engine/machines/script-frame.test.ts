import { spawnSync } from 'node:child_process';
import { expect, it } from 'vitest';
import { framed, readFramed } from './script-frame.ts';

it('lets a script start what does not carry its mark, also where sudo told of its command', () => {
  const marked = {
    RACKHELM_RUN: 'held-1',
    SUDO_COMMAND: '/bin/sh -c RACKHELM_RUN=held-1 exec sh -s',
  };
  const { stdout, stderr } = spawnSync('sh', ['-s'], {
    input: framed('env; unset RACKHELM_RUN; echo apart; env', [], 'n1'),
    env: { PATH: process.env.PATH, ...marked },
  });
  const [script, apart] =
    readFramed({ stdout, stderr }, 'n1')?.stdout.toString().split('apart') ?? [];
  expect(script).toContain('RACKHELM_RUN=held-1');
  expect(apart).toContain('PATH=');
  expect(apart).not.toContain('held-1');
});
