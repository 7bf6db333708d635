import { execFileSync, spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { ExportFormat } from '../../../../shared/contract/exchange.ts';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { newValues } from '../../../../shared/model/kinds/schema.ts';
import type { Database } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createInventory } from '../../inventory/index.ts';
import { createRecords, type Records } from '../../records/index.ts';
import { createExchange } from '../index.ts';

let data: TemporaryData;
let db: Database;
let records: Records;
beforeEach(() => {
  data = temporaryData();
  db = data.open();
  createInventory(db);
  records = createRecords(db);
});
afterEach(() => data.remove());
const add = (kind: KindName, values: Record<string, unknown>): string =>
  records.create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
const write = (format: ExportFormat) => createExchange(db).write(format, null);

const hostile = 'evil"\n* {{ lookup("pipe", "id") }}';

function sample() {
  const site = add('site', { name: 'Home lab' });
  const rack = add('rack', { site, name: 'A|B', heightUnits: 12 });
  const pi = add('device', {
    name: 'pi-1',
    kind: 'sbc',
    rack,
    position: 3,
    hostname: 'pi-1.lab.example',
    sshUser: 'admin',
    sshPort: 2222,
    sshIdentityFile: '~/.ssh/my key',
    sshJump: 'gate@10.0.0.1:22',
  });
  const port = add('interface', { device: pi, name: 'eth0' });
  add('address', { interface: port, address: '10.0.0.2/24', dnsName: 'git.lab.example' });
  add('address', { interface: port, address: 'fd00::2/64', dnsName: 'no name' });
  add('device', { name: hostile, kind: 'nas', sshHost: 'nas', sshUser: '-oProxyCommand=x' });
  add('device', { name: 'pi 1', kind: 'nas', sshHost: 'a b', sshIdentityFile: 'x"y' });
  add('device', { name: 'pi:1', kind: 'nas', sshHost: 'c' });
  const cluster = add('cluster', { name: 'k3s', kind: 'k3s' });
  add('cluster-member', { cluster, device: pi, role: 'worker' });
}

const hasSsh = spawnSync('ssh', ['-V']).status === 0;

describe('for other programs', () => {
  it('Ansible gets hosts with how to reach them, in groups, and nothing that it would run', () => {
    sample();
    const text = write('ansible');
    const read = parse(text, { logLevel: 'error' }) as {
      all: { hosts: Record<string, object>; children: Record<string, { hosts: object }> };
    };
    expect(read.all.hosts['pi-1']).toEqual({
      ansible_host: '10.0.0.2',
      ansible_user: 'admin',
      ansible_port: 2222,
      ansible_ssh_private_key_file: '~/.ssh/my key',
      ansible_ssh_common_args: '-o ProxyJump=gate@10.0.0.1:22',
    });
    const groups = ['kind_sbc', 'site_home_lab', 'rack_a_b', 'cluster_k3s', 'role_worker'];
    for (const group of groups)
      expect(Object.keys(read.all.children[group]?.hosts ?? {})).toEqual(['pi-1']);
    expect(text).toMatch(/rackhelm_name: !unsafe "evil/);
    expect(text.match(/\{\{/g)).toHaveLength(1);
    expect(text).toContain('# left out, without an address: pi 1\n');
    expect(Object.keys(read.all.hosts).every((name) => /^[\w.-]+$/.test(name))).toBe(true);
  });

  it.skipIf(!hasSsh)('ssh reads the configuration as it is meant', () => {
    sample();
    const file = path.join(data.directory, 'ssh_config');
    writeFileSync(file, write('ssh-config'));
    const resolved = (host: string) =>
      execFileSync('ssh', ['-F', file, '-G', host], { encoding: 'utf8', stdio: 'pipe' });
    for (const name of ['pi-1', 'pi-1.lab.example']) {
      const lines = resolved(name).split('\n');
      expect(lines).toEqual(
        expect.arrayContaining([
          'hostname 10.0.0.2',
          'user admin',
          'port 2222',
          'identityfile ~/.ssh/my key',
        ]),
      );
    }
    expect(resolved('other')).not.toContain('hostname nas');
    expect(resolved('other')).not.toMatch(/proxycommand/);
  });

  it('a hosts file has one line an address, with names that resolve', () => {
    sample();
    expect(write('hosts').split('\n').slice(1)).toEqual([
      '10.0.0.2\tpi-1.lab.example pi-1 git.lab.example',
      '',
    ]);
  });

  it('Markdown says each rack from top to bottom, and names stay in their cells', () => {
    sample();
    const text = write('markdown');
    expect(text).toContain('## A\\|B (Home lab, 12 U)');
    expect(text).toContain('| 3 | pi-1 | sbc | planned |  | 10.0.0.2 |  |');
    const cells = text.split('\n').filter((line) => line.includes('evil'));
    expect(cells).toHaveLength(1);
    expect(cells[0]?.replaceAll('\\|', '').split('|')).toHaveLength(9);
  });

  it('an empty inventory makes files that are read as empty', () => {
    expect(parse(write('ansible'))).toEqual({ all: { hosts: {} } });
    for (const format of ['ssh-config', 'hosts', 'markdown'] as const)
      expect(write(format)).toMatch(/^# .*\n$/);
  });
});
