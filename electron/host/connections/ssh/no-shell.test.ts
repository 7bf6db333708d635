import { describe, expect, it } from 'vitest';
import { explainNoShell } from './no-shell.ts';

const result = (exitCode: number | null, stdout = '', stderr = '') => ({
  stdout: Buffer.from(stdout),
  stderr: Buffer.from(stderr),
  exitCode,
  signalName: null,
});

describe('explainNoShell', () => {
  it.each([
    ['nologin', result(1, 'This account is currently not available.\n')],
    ['nologin on BSD', result(1, '', 'This account is currently not available.\n')],
    ['/bin/false', result(1)],
    ['SFTP only', result(1, 'This service allows sftp connections only.\n')],
  ])('knows %s', (_name, given) => {
    expect(explainNoShell(given)?.code).toBe('SSH_NO_SHELL');
  });

  it.each([
    ['success', result(0, 'This account is currently not available.\n')],
    ['a command that failed and said why', result(1, '', 'grep: x: No such file\n')],
    ['a command that is not there', result(127, '', 'sh: x: not found\n')],
    ['a command that a signal ended', result(null)],
  ])('does not take %s for it', (_name, given) => {
    expect(explainNoShell(given)).toBeNull();
  });
});
