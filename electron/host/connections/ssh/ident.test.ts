import { describe, expect, it } from 'vitest';
import { IdentWatch } from './ident.ts';

function verdict(...chunks: (string | Buffer)[]) {
  const watch = new IdentWatch();
  for (const chunk of chunks) watch.push(Buffer.from(chunk));
  return watch;
}

describe('IdentWatch', () => {
  it('knows an SSH greeting, whole, in pieces, and after other lines', () => {
    expect(verdict('SSH-2.0-OpenSSH_9.2\r\n').verdict).toBe('ssh');
    expect(verdict(...'SSH-2.0-x\n').verdict).toBe('ssh');
    expect(verdict('welcome\r\nto this\r\nSSH-2.0-x\r\n').verdict).toBe('ssh');
  });

  it('waits while it may still become one', () => {
    expect(verdict('SSH-2.0-x').verdict).toBe('more');
    expect(verdict('welcome\n').verdict).toBe('more');
  });

  it.each([
    ['a web server', 'HTTP/1.1 400 Bad Request\r\n'],
    ['binary', Buffer.from([22, 3, 1, 0, 200, 1])],
    ['a line without end', 'x'.repeat(9000)],
    ['lines without end', 'hello\n'.repeat(1100)],
  ])('knows %s for something else', (_name, bytes) => {
    expect(verdict(bytes).verdict).toBe('not-ssh');
  });

  it('keeps a bounded amount of what never ends', () => {
    const watch = new IdentWatch();
    let pushed = 0;
    while (watch.push(Buffer.alloc(4096, 'a line\n')) === 'more') pushed += 4096;
    expect(pushed).toBeLessThan(300 * 1024);
  });

  it('knows when sshd turned us away', () => {
    expect(verdict('Exceeded MaxStartups\r\n').turnedAway).toBe(true);
    expect(verdict('hello\r\n').turnedAway).toBe(false);
  });
});
