import fc from 'fast-check';
import { expect, it } from 'vitest';
import { hostsIn } from './hosts-in-text.ts';

it.each([
  ['postgres://web:p%40ss@db.shop.svc.cluster.local:5432/shop', ['db.shop.svc.cluster.local']],
  ['host=db port=5432 password=hunter2', ['db']],
  ['redis:6379,redis-2:6379', ['redis', 'redis-2']],
  ['http://ollama', ['ollama']],
  ['server: "mail"', ['mail']],
  ['http://10.0.0.5:8080', []],
  ['12:30', []],
  ['debug', []],
])('%s', (text, hosts) => {
  expect(hostsIn(text)).toEqual(hosts);
});

it('takes a bare word for a host only where its name says that it is one', () => {
  expect(hostsIn('db', 'DB_HOST')).toEqual(['db']);
  expect(hostsIn('db', 'MODE')).toEqual([]);
});

it('never tells a password that stands before the host', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-zA-Z0-9!$%^&*_=+.,-]{8,20}$/), (password) => {
      const hosts = hostsIn(`amqp://user:${password}@queue:5672/`);
      expect(hosts).toContain('queue');
      expect(hosts.join(' ')).not.toContain(password.toLowerCase());
    }),
  );
});
