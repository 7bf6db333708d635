import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { quote } from './shell-quote.ts';

/** What a real shell takes a quoted value for. */
function throughShell(values: readonly string[], shell = 'sh'): string[] {
  const command = `printf '%s\\0' ${values.map(quote).join(' ')}`;
  // With a socket on stdin bash would take it for a remote login and read a profile.
  const { stdout } = spawnSync(shell, ['-c', command], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, HOME: tmpdir() },
  });
  return stdout.split('\0').slice(0, -1);
}

describe('quote', () => {
  it('keeps every value that means something to a shell', () => {
    const values = ['', ' ', "'", "''", '"', '$HOME', '`id`', '$(id)', '\\', '\n', '*', '~', '!x'];
    expect(throughShell([...values, '-n', '--', 'a;b', 'a&b|c>d', 'ä€😀', '\t\r'])).toEqual([
      ...values,
      '-n',
      '--',
      'a;b',
      'a&b|c>d',
      'ä€😀',
      '\t\r',
    ]);
  });

  it('keeps random values, 2,000 of them, in sh and in bash', () => {
    const alphabet = [...'\'"\\$`!*?[](){}<>|&;#~=% \t\nabcä€😀-'];
    let seed = 20_260_101;
    const next = (below: number) => {
      seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
      return seed % below;
    };
    const value = () =>
      Array.from({ length: next(24) }, () => alphabet[next(alphabet.length)]).join('');
    const values = Array.from({ length: 2000 }, value);
    expect(throughShell(values)).toEqual(values);
    expect(throughShell(values, 'bash')).toEqual(values);
  });

  it('refuses a NUL, which no argument can hold', () => {
    expect(() => quote('a\0b')).toThrow(TypeError);
  });
});
