import { describe, expect, it } from 'vitest';
import { readTargetText } from './ssh-target-text.ts';

describe('readTargetText', () => {
  it.each([
    ['pi-1', { host: 'pi-1' }],
    [' pi-1 ', { host: 'pi-1' }],
    ['root@10.0.0.5:22', { host: '10.0.0.5', user: 'root', port: 22 }],
    ['10.0.0.5:2222', { host: '10.0.0.5', port: 2222 }],
    ['alex@corp.example@127.0.0.1', { host: '127.0.0.1', user: 'alex@corp.example' }],
    ['CORP\\alex@node', { host: 'node', user: 'CORP\\alex' }],
    ['fe80::1%eth0', { host: 'fe80::1%eth0' }],
    ['[fe80::1%eth0]:22', { host: 'fe80::1%eth0', port: 22 }],
    ['user@[2001:db8::1]:2222', { host: '2001:db8::1', user: 'user', port: 2222 }],
    ['root@2001:db8::1', { host: '2001:db8::1', user: 'root' }],
    ['::1', { host: '::1' }],
    ['::ffff:10.0.0.1', { host: '::ffff:10.0.0.1' }],
    ['[::1]', { host: '::1' }],
    ['[node]:22', { host: 'node', port: 22 }],
    ['ssh://user@host:22', { host: 'host', user: 'user', port: 22 }],
    ['SSH://host/', { host: 'host' }],
    ['ssh://al%40corp@[::1]:44/', { host: '::1', user: 'al@corp', port: 44 }],
    ['lab/node', { host: 'lab/node' }],
    ['kühlschrank.lan', { host: 'kühlschrank.lan' }],
  ])('reads %j', (text, target) => {
    expect(readTargetText(text)).toEqual({ ok: true, target });
  });

  it.each([
    ['', /missing/],
    ['root@', /missing/],
    ['@host', /user name/],
    [':22', /missing/],
    ['host:', /no port/],
    ['host:0', /no port/],
    ['host:65536', /no port/],
    ['host:+22', /no port/],
    ['host:ssh', /no port/],
    ['host:22:23', /more than one port/],
    ['[::1', /bracket/],
    ['[::1]22', /bracket/],
    ['[]:22', /missing/],
    ['-oProxyCommand=x', /hyphen/],
    ['-l@host', /user name/],
    ['a b', /blanks/],
    ['a;b', /character/],
    ['$(id)', /character/],
    ['a\u0007b', /character/],
    ['a,b', /character/],
    ['https://host', /https/],
    ['ssh://%zz@host', /user name/],
    ['x'.repeat(300), /too long/],
    ['x'.repeat(100_000), /too long/],
    [`${'u'.repeat(65)}@host`, /user name/],
  ])('says what is wrong with %j', (text, problem) => {
    expect(readTargetText(text)).toMatchObject({
      ok: false,
      problem: expect.stringMatching(problem),
    });
  });
});
