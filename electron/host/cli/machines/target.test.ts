import { describe, expect, it } from 'vitest';
import type { TargetOptions } from '../terminal/options.ts';
import { parseTarget } from './target.ts';

const plain: TargetOptions = { data: '/data', timeout: 15 };

describe('parseTarget', () => {
  it('leaves to the ssh configuration what was not said', () => {
    expect(parseTarget('pi-1', plain)).toEqual({ host: 'pi-1' });
  });

  it('takes user@host, and lets --user win', () => {
    expect(parseTarget('ada@pi-1', plain)).toEqual({ host: 'pi-1', user: 'ada' });
    expect(parseTarget('ada@pi-1', { ...plain, user: 'bob' })).toMatchObject({ user: 'bob' });
  });

  it('takes a port, with options winning, and the last @ as the one that divides', () => {
    expect(parseTarget('root@10.0.0.5:22', plain)).toEqual({
      host: '10.0.0.5',
      user: 'root',
      port: 22,
    });
    expect(parseTarget('10.0.0.5:22', { ...plain, port: 23 })).toMatchObject({ port: 23 });
    expect(parseTarget('alex@corp.example@pi-1', plain)).toEqual({
      host: 'pi-1',
      user: 'alex@corp.example',
    });
  });

  it('carries every option', () => {
    const options = { ...plain, port: 2222, identity: '/k', jump: ['a@b:1', 'c'] };
    expect(parseTarget('10.0.0.1', options)).toEqual({
      host: '10.0.0.1',
      port: 2222,
      identityFile: '/k',
      jump: ['a@b:1', 'c'],
    });
  });

  it('takes a key file from the working directory', () => {
    const identity = (written: string) =>
      parseTarget('pi-1', { ...plain, identity: written }).identityFile;
    expect(identity('key')).toBe(`${process.cwd()}/key`);
    expect(identity('~/key')).toBe('~/key');
  });

  it.each(['', '   ', 'x'.repeat(300)])('refuses "%s"', (host) => {
    expect(() => parseTarget(host, plain)).toThrow(/no host/);
  });
});
