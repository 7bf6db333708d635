import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hostsFieldMatches, knownHostsName, parseKnownHosts } from './known-hosts.ts';

const blob = 'AAAAC3NzaC1lZDI1NTE5AAAAIJ0mSgEUAgcOCW2MzQGqcMHhMRYZoPVgIRoFW6ZDUPwR';

describe('parseKnownHosts', () => {
  it('reads lines with their place, and passes over comments and blanks', () => {
    const { lines, ignored } = parseKnownHosts(
      `# comment\n\nnode ssh-ed25519 ${blob} a comment\r\n  other\tssh-ed25519\t${blob}\n`,
      'file',
    );
    expect(lines).toEqual([
      { hosts: 'node', revoked: false, type: 'ssh-ed25519', blob, file: 'file', line: 3 },
      { hosts: 'other', revoked: false, type: 'ssh-ed25519', blob, file: 'file', line: 4 },
    ]);
    expect(ignored).toEqual([]);
  });

  it('marks revoked keys, and says why other lines take no part', () => {
    const { lines, ignored } = parseKnownHosts(
      [
        `@revoked * ssh-ed25519 ${blob}`,
        `@cert-authority *.lab ssh-ed25519 ${blob}`,
        `@other * ssh-ed25519 ${blob}`,
        'broken',
        'broken ssh-ed25519 !!!',
      ].join('\n'),
      'file',
    );
    expect(lines).toMatchObject([{ revoked: true, line: 1 }]);
    expect(ignored.map(({ line }) => line)).toEqual([2, 3, 4, 5]);
    expect(ignored[0]?.reason).toContain('certificate authority');
  });
});

describe('hostsFieldMatches', () => {
  it.each([
    ['node', 'node', true],
    ['NODE', 'node', true],
    ['a,node,b', 'node', true],
    ['*.lab', 'node.lab', true],
    ['*.lab,!node.lab', 'node.lab', false],
    ['!node.lab,*.lab', 'node.lab', false],
    ['nod?', 'node', true],
    ['nod?', 'nod', false],
    ['10.0.0.*', '10.0.0.7', true],
    ['10.0.0.1', '10x0.0.1', false],
    ['[node]:2222', '[node]:2222', true],
    ['node', '[node]:2222', false],
    ['[10.0.0.*]:22*', '[10.0.0.9]:2222', true],
    ['|1|broken', 'node', false],
    ['|2|YQ==|YQ==', 'node', false],
  ])('%s for %s: %s', (hosts, name, expected) => {
    expect(hostsFieldMatches(hosts, name)).toBe(expected);
  });
});

describe('hashed names', () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'rackhelm-known-'));
  afterAll(() => rmSync(directory, { recursive: true }));

  it('are found as ssh-keygen -H wrote them', () => {
    const file = path.join(directory, 'known_hosts');
    const names = ['node', '10.0.0.1', '[node]:2222', '[fd00::1]:22022'];
    writeFileSync(file, names.map((name) => `${name} ssh-ed25519 ${blob}\n`).join(''));
    execFileSync('ssh-keygen', ['-q', '-H', '-f', file], { stdio: 'ignore' });
    const { lines } = parseKnownHosts(readFileSync(file, 'utf8'), file);
    expect(lines.every(({ hosts }) => hosts.startsWith('|1|'))).toBe(true);
    for (const name of names)
      expect(lines.filter(({ hosts }) => hostsFieldMatches(hosts, name))).toHaveLength(1);
    expect(lines.some(({ hosts }) => hostsFieldMatches(hosts, 'other'))).toBe(false);
  });
});

describe('knownHostsName', () => {
  it('leaves the usual port out', () => {
    expect(knownHostsName('Node.Lab', 22)).toBe('node.lab');
    expect(knownHostsName('Node.Lab', 2222)).toBe('[node.lab]:2222');
  });
});
