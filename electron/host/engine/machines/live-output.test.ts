import { describe, expect, it } from 'vitest';
import { LiveOutput } from './live-output.ts';
import { framed, readFramed } from './script-frame.ts';

const nonce = 'abc123';

function told(pieces: readonly string[]): string[] {
  const lines: string[] = [];
  const live = new LiveOutput(nonce, (_, line) => lines.push(line));
  for (const piece of pieces) live.add('out', Buffer.from(piece));
  live.end();
  return lines;
}

describe('lines of a script while it runs', () => {
  const whole = `Welcome!\n@@${nonce} fake\n\n@@${nonce} begin\none\n\n\ntwo\n@@${nonce} end 0\nbye\n`;

  it('are told without the noise before them and without the marks, however they are cut', () => {
    const expected = ['one', '', '', 'two'];
    for (let size = 1; size < whole.length; size += 1) {
      const pieces = whole.match(new RegExp(`[^]{1,${size}}`, 'g')) ?? [];
      expect(told(pieces)).toEqual(expected);
    }
  });

  it('are none where the script never began', () => {
    expect(told(['This account is not available.\n'])).toEqual([]);
  });
});

describe('readFramed', () => {
  const output = (stdout: string, stderr = '') => ({
    stdout: Buffer.from(stdout),
    stderr: Buffer.from(stderr),
  });

  it('gives what stands between the marks, to the byte', () => {
    const text = `noise\n@@${nonce} begin\n\n a \n\n\n@@${nonce} end 7\n`;
    const read = readFramed(output(text, `x\n@@${nonce} begin\nwrong\n\n@@${nonce} end\n`), nonce);
    expect(read?.stdout.toString()).toBe('\n a \n\n');
    expect(read?.stderr.toString()).toBe('wrong\n');
    expect(read?.exitCode).toBe(7);
  });

  it('has no exit code where the end was cut off, and is null without a beginning', () => {
    expect(readFramed(output(`@@${nonce} begin\npart`), nonce)).toMatchObject({ exitCode: null });
    expect(readFramed(output(`@@other begin\n`), nonce)).toBeNull();
  });

  it('does not end at a mark that the script prints itself, or copies', () => {
    const text = `@@${nonce} begin\n@@${nonce} end 3\nmore\n@@${nonce} end 0\n`;
    const read = readFramed(output(text), nonce);
    expect(read?.stdout.toString()).toBe(`@@${nonce} end 3\nmore`);
    expect(read?.exitCode).toBe(0);
  });

  it('keeps arguments off the command line, quoted', () => {
    expect(framed('true', ["it's", ''], nonce)).toContain("set -- 'it'\\''s' ''\n");
  });
});
