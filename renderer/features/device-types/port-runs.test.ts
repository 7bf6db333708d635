import { describe, expect, it } from 'vitest';
import { portGroups } from './port-runs.ts';

const port = (name: string, more: Record<string, string | number | boolean | null> = {}) => ({
  role: 'interface',
  name,
  type: '1000base-t',
  ...more,
});

describe('the ports of a type', () => {
  it('stand as one line where they are alike and count on', () => {
    const ports = [
      ...[8, 9, 10].map((n) => port(`Port ${n}`, { poe: 'pse type2-ieee802.3at' })),
      port('Port 11'),
      port('Port 13'),
      port('mgmt', { management: true }),
    ];
    const [group] = portGroups(ports);
    expect(group?.count).toBe(6);
    expect(group?.runs.map(({ first, last, count, says }) => [first, last, count, says])).toEqual([
      ['Port 8', 'Port 10', 3, 'gives PoE (802.3at)'],
      ['Port 11', 'Port 11', 1, ''],
      ['Port 13', 'Port 13', 1, ''],
      ['mgmt', 'mgmt', 1, 'for management only'],
    ]);
  });

  it('stand by their roles, front ports with what they lead to', () => {
    const groups = portGroups([
      { role: 'power-outlet', name: 'Out', type: null, powerPort: 'In', feedLeg: 'B' },
      { role: 'front-port', name: '1', type: 'lc', rearPort: 'R1' },
      { role: 'front-port', name: '2', type: 'lc', rearPort: 'R2' },
      { role: 'rear-port', name: 'R1', type: 'lc', positions: 12 },
    ]);
    expect(groups.map(({ title, runs }) => [title, runs.map(({ says }) => says)])).toEqual([
      ['Front ports', ['leads to rear port R1 to R2']],
      ['Rear ports', ['12 positions']],
      ['Power outlets', ['fed by In, phase B']],
    ]);
  });
});
