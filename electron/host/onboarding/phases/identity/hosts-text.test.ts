import { describe, expect, it } from 'vitest';
import { othersCalled, renameInHosts } from './hosts-text.ts';

const rename = (text: string | null, to = 'pi-1') =>
  renameInHosts(text, { from: ['raspberrypi'], to });

describe('renameInHosts', () => {
  it('renames the line of 127.0.1.1 and keeps tabs, comments and order', () => {
    expect(rename('127.0.0.1\tlocalhost\n127.0.1.1\t\traspberrypi # us\n::1\tlocalhost\n')).toBe(
      '127.0.0.1\tlocalhost\n127.0.1.1\t\tpi-1 # us\n::1\tlocalhost\n',
    );
  });

  it('keeps the domain, other aliases and the blanks between them', () => {
    expect(rename('127.0.1.1 raspberrypi.lan raspberrypi nas\n127.0.0.1 localhost\n')).toBe(
      '127.0.1.1 pi-1.lan pi-1 nas\n127.0.0.1 localhost\n',
    );
    expect(rename('127.0.1.1  raspberrypi    alias\n')).toBe('127.0.1.1  pi-1    alias\n');
  });

  it('leaves lines of others alone, also where they use the old name', () => {
    const text = '127.0.1.1 raspberrypi\n10.0.0.9 raspberrypi printer\n';
    expect(rename(text)).toBe('127.0.1.1 pi-1\n10.0.0.9 raspberrypi printer\n');
    expect(othersCalled(text, ['raspberrypi'])).toEqual(['10.0.0.9 raspberrypi printer']);
  });

  it('does not take a name for the old one that only begins like it', () => {
    expect(rename('127.0.1.1 raspberrypi raspberrypi2 my-raspberrypi\n')).toBe(
      '127.0.1.1 pi-1 raspberrypi2 my-raspberrypi\n',
    );
  });

  it('renames on the line of 127.0.0.1 or ::1 where the machine names itself there', () => {
    expect(rename('127.0.0.1 raspberrypi.lan raspberrypi localhost\n::1 raspberrypi\n')).toBe(
      '127.0.0.1 pi-1.lan pi-1 localhost\n::1 pi-1\n',
    );
  });

  it('adds 127.0.1.1 after 127.0.0.1 where the machine is not named at all', () => {
    expect(rename('# hosts\n127.0.0.1 localhost\n::1 localhost\n')).toBe(
      '# hosts\n127.0.0.1 localhost\n127.0.1.1\tpi-1\n::1 localhost\n',
    );
    expect(rename('127.0.0.1 localhost')).toBe('127.0.0.1 localhost\n127.0.1.1\tpi-1');
    expect(rename('127.0.1.1 other\n')).toBe('127.0.1.1 pi-1 other\n');
  });

  it('makes the file where there is none, and never renames localhost', () => {
    expect(rename(null)).toBe('127.0.0.1\tlocalhost\n127.0.1.1\tpi-1\n');
    expect(renameInHosts('127.0.0.1 localhost\n', { from: ['localhost'], to: 'pi-1' })).toBe(
      '127.0.0.1 localhost\n127.0.1.1\tpi-1\n',
    );
  });

  it('names it once where old and new stood side by side, and keeps line ends of Windows', () => {
    expect(rename('127.0.1.1 pi-1 raspberrypi\r\n')).toBe('127.0.1.1 pi-1\r\n');
  });

  it('takes a name with a domain', () => {
    expect(rename('127.0.0.1 localhost\n', 'pi-1.lan')).toBe(
      '127.0.0.1 localhost\n127.0.1.1\tpi-1.lan pi-1\n',
    );
  });

  it.each([
    '127.0.1.1 raspberrypi\n',
    '',
    '127.0.0.1 localhost raspberrypi\n',
    '127.0.1.1 pi-1\n',
    '#127.0.1.1 raspberrypi\n',
  ])('finds nothing more to do in its own result: %j', (text) => {
    const once = rename(text);
    expect(rename(once)).toBe(once);
    expect(renameInHosts(once, { from: ['pi-1'], to: 'pi-1' })).toBe(once);
  });
});
