import { describe, expect, it } from 'vitest';
import { checked, one, type Told } from './preflight-fixture.ts';

const resolver = { '/etc/resolv.conf': 'nameserver 10.0.10.1' };
const server = (said: string, end: number | string = 0) =>
  one(
    checked({ files: resolver, parts: { 'dns:10.0.10.1': [said, end] } }, { network: 'gateway' }),
    'name-servers',
  ).status;

describe('a name server', () => {
  it.each([
    ['python3', 'status: 3 answers: 0', 0],
    ['dig', ';; ->>HEADER<<- opcode: QUERY, status: NXDOMAIN, id: 31', 0],
    ['dig', ';; ->>HEADER<<- opcode: QUERY, status: REFUSED, id: 31', 0],
    ['host', 'Host pi-9 not found: 3(NXDOMAIN)', 1],
    ['host', 'get.k3s.io has address 104.21.1.1', 0],
    ['nslookup of busybox', "Server:\t\t10.0.10.1\n\n** server can't find pi-9: NXDOMAIN", 1],
    ['nslookup', 'Server: 10.0.10.1\nName:\tget.k3s.io\nAddress: 104.21.1.1', 0],
  ])('answers as %s tells it: %j', (_tool, said, end) => {
    expect(server(said, end)).toBe('pass');
  });

  it.each([
    ['dig', ';; communications error to 10.0.10.1#53: timed out', 9],
    ['host', ';; connection timed out; no servers could be reached', 1],
    ['nslookup of busybox', ';; connection timed out; no servers could be reached', 1],
    ['python3', 'TimeoutError: timed out', 1],
    ['python3', 'ConnectionRefusedError: [Errno 111] Connection refused', 1],
    ['any', '', 'late'],
  ])('is silent as %s tells it: %j', (_tool, said, end) => {
    expect(server(said, end)).toBe('fail');
  });

  it('is missing where the machine has none, and not asked where nothing may be sent', () => {
    expect(one(checked({}, { network: 'gateway' }), 'name-servers').status).toBe('fail');
    expect(one(checked({ files: resolver }), 'name-servers').status).toBe('not-applicable');
  });
});

describe('the gateway', () => {
  const of = (parts: NonNullable<Told['parts']>) =>
    one(checked({ parts }, { network: 'gateway' }), 'gateway');
  it.each([
    [['64 bytes from 10.0.0.1', 0], '', 'pass'],
    [['', 1], '10.0.0.1 dev eth0 lladdr 02:00:00:00:00:01 REACHABLE', 'pass'],
    [['', 1], '10.0.0.1 dev eth0  FAILED', 'fail'],
    [['', 'late'], '', 'unknown'],
  ] as const)(
    'by a ping that says %j and a neighbour that says %j: %s',
    (ping, neighbour, status) => {
      expect(of({ 'ping:10.0.0.1': ping, 'neighbour:10.0.0.1': neighbour })).toMatchObject({
        status,
        part: '10.0.0.1',
      });
    },
  );
});

describe('the outside world', () => {
  const of = (parts: NonNullable<Told['parts']>) =>
    one(checked({ parts }, { network: 'outside' }), 'outside');
  it('is reached, is silent, or is known by no name', () => {
    expect(of({ outside: 'open' }).status).toBe('pass');
    expect(of({ outside: ['', 'late'], getent: '1.2.3.4 get.k3s.io' })).toMatchObject({
      status: 'warn',
      found: 'It does not answer.',
    });
    expect(of({ outside: ['Name or service not known', 1], getent: ['', 2] }).found).toBe(
      'Names of the outside world are not found.',
    );
    expect(of({ outside: ['no-tool', 127] }).status).toBe('unknown');
    expect(one(checked({}, { network: 'gateway' }), 'outside').status).toBe('not-applicable');
  });
});
