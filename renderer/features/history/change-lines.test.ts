import { describe, expect, it } from 'vitest';
import type { Change } from '../../../shared/model/history.ts';
import { changeLines, span, summaryLine } from './change-lines.ts';

/** Without the marks that keep each name's direction to itself. */
const plain = (lines: readonly string[]) =>
  lines.map((line) => line.replaceAll(/[\u2066-\u2069]/g, ''));
const GiB = 1024 ** 3;
const names = { a: 'A', b: 'B', d: 'pi-1', t: 'k3s', i: 'pi-1 · eth0', v: 'storage', s: 'gitea' };

function update(before: Record<string, unknown>, after: Record<string, unknown>): Change {
  return { table: 'device', rowId: 'd', operation: 'update', before, after };
}
function added(table: string, after: Record<string, unknown>): Change {
  return { table, rowId: 'x', operation: 'insert', before: null, after };
}
const deleted = (table: string, before: Record<string, unknown>): Change => ({
  ...added(table, before),
  operation: 'delete',
  before,
  after: null,
});
const lines = (change: Change) => plain(changeLines(change, names));

describe('a change in words', () => {
  it('tells a size with its unit once', () => {
    const change = update({ memory_bytes: 16 * GiB }, { memory_bytes: 7.9 * GiB });
    expect(lines(change)).toEqual(['memory 16 → 7.9 GiB']);
    expect(plain([span('512 MiB', '1 GiB'), span(null, '1 GiB'), span('3', null)])).toEqual([
      '512 MiB → 1 GiB',
      'nothing → 1 GiB',
      '3 → nothing',
    ]);
  });

  it('tells rack and unit as one move, by their names', () => {
    expect(lines(update({ rack_id: 'a', position: 3 }, { rack_id: 'b', position: 10 }))).toEqual([
      'moved from rack A U3 to rack B U10',
    ]);
    expect(lines(update({ position: 3 }, { position: 10 }))).toEqual(['moved from U3 to U10']);
    expect(lines(update({ rack_id: null, position: null }, { rack_id: 'b', position: 1 }))).toEqual(
      ['put into rack B U1'],
    );
    expect(lines(update({ rack_id: 'a', position: 3 }, { rack_id: null, position: null }))).toEqual(
      ['taken out of rack A U3'],
    );
  });

  it('calls fields, kinds and numbers as the rest of the window does', () => {
    expect(
      lines(update({ kind: 'sbc', cpu_cores: 4 }, { kind: 'gpu-server', cpu_cores: 1500 })),
    ).toEqual(['kind Single-board computer → GPU machine', 'cores 4 → 1,500']);
    expect(lines(update({ ssh_port: 22, os: null }, { ssh_port: 2222, os: 'Debian 13' }))).toEqual([
      'SSH port 22 → 2222',
      'operating system nothing → Debian 13',
    ]);
  });

  it('tells what ties things together by the names of both', () => {
    expect(lines(added('tagging', { subject_id: 'd', tag_id: 't' }))).toEqual([
      'added tag k3s of pi-1',
    ]);
    expect(lines(deleted('service_runs_on', { service_id: 's', device_id: 'd' }))).toEqual([
      'deleted gitea on pi-1',
    ]);
    const address = { interface_id: 'i', address: '10.0.0.2', prefix_length: 24 };
    expect(lines(added('ip_address', address))).toEqual([
      'added address 10.0.0.2/24 on pi-1 · eth0',
    ]);
    expect(lines(added('interface_vlan', { interface_id: 'i', vlan_id: 'v', tagged: 1 }))).toEqual([
      'added VLAN storage on pi-1 · eth0, tagged',
    ]);
  });

  it('shows no id of what is gone, and no more of a long text than says which', () => {
    expect(lines(added('tagging', { subject_id: 'gone', tag_id: 't' }))[0]).toBe(
      'added tag k3s of something deleted',
    );
    expect(lines(added('note', { subject_id: 'd', text: 'x'.repeat(500) }))[0]).toHaveLength(81);
  });

  it('names each thing where there are several', () => {
    const one = update({ os: 'a' }, { os: 'b' });
    expect(plain([summaryLine([one], names)])).toEqual(['operating system a → b']);
    const other = { ...one, rowId: 'e' };
    expect(plain([summaryLine([one, other], { ...names, e: 'pi-2' })])).toEqual([
      'pi-1: operating system a → b · pi-2: operating system a → b',
    ]);
  });
});
