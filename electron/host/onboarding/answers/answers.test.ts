import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { newValues } from '../../../../shared/model/kinds/schema.ts';
import { createCabling } from '../../cabling/index.ts';
import type { Database } from '../../db/index.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import { createRecords } from '../../records/index.ts';
import { sampleDraft, sampleMachine } from '../trial/sample-draft.ts';
import { answersOf, commonOf, readAnswers, targetOf, writeAnswers } from './index.ts';

describe('a file of answers', () => {
  const head = 'rackhelm-answers: 1\n';
  it.each<[string, string, string]>([
    ['without its version', 'all: {}\n', 'Line 1: rackhelm-answers is missing'],
    ['of another version', 'rackhelm-answers: 2\n', 'reads version 1'],
    [
      'with a key that is none',
      `${head}all:\n  rool: worker\n`,
      'Line 3: all.rool: there is no such key',
    ],
    [
      'with a role that is none',
      `${head}all:\n  role: king\n`,
      'Line 3: all.role: one of control-plane',
    ],
    [
      'with a machine without host',
      `${head}machines:\n  - name: a\n`,
      'Line 3: machines[0]: host is missing',
    ],
    [
      'with as: known and no device',
      `${head}machines:\n  - host: a\n    as: known\n`,
      'needs the device',
    ],
    [
      'with a device nobody asked for',
      `${head}machines:\n  - host: a\n    device: b\n`,
      'as: known',
    ],
    [
      'with a flag that is none',
      `${head}all:\n  ssh-key: maybe\n`,
      'one of none, rackhelm, mine, both',
    ],
    [
      'with a unit that is none',
      `${head}machines:\n  - host: a\n    unit: top\n`,
      'number of units',
    ],
    [
      'with seventeen machines',
      `${head}machines:\n${'  - host: a\n'.repeat(17)}`,
      'takes 16 machines',
    ],
    [
      'with a label that is none',
      `${head}machines:\n  - host: a\n    join:\n      labels: [disk]\n`,
      'disk is no label',
    ],
    [
      'with a join from nowhere',
      `${head}all:\n  join:\n    from: floppy\n`,
      'one of network, files',
    ],
    [
      'with a server that is no address',
      `${head}all:\n  join:\n    server: http://a\n`,
      'server: https://SERVER:6443 belongs here',
    ],
    ['that repeats itself', `${head}all: {}\nall: {}\n`, 'twice'],
    ['with an alias', `${head}all: &a {}\nmachines: [*a]\n`, 'Line 2'],
    ['that is a list', '- 1\n', 'a map of keys'],
    ['that is nothing', '', 'rackhelm-answers is missing'],
    ['with a secret in it', `${head}all:\n  password: x\n`, 'no such key'],
  ])('%s is refused with line and reason', (_, text, reason) => {
    expect(() => readAnswers(text)).toThrow(
      expect.objectContaining({ code: 'FILE_INVALID', message: expect.stringContaining(reason) }),
    );
  });

  it('of whatever text never breaks the reader', () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        try {
          readAnswers(`${head}${rest}`);
        } catch (error) {
          expect(error).toMatchObject({ code: 'FILE_INVALID' });
        }
      }),
    );
  });
});

describe('answers', () => {
  let data: TemporaryData;
  let db: Database;
  const create = (kind: KindName, values: Record<string, unknown>) =>
    createRecords(db).create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;
  beforeEach(() => {
    data = temporaryData();
    db = data.open();
  });
  afterEach(() => data.remove());
  const lookup = () => ({ db, cabling: createCabling(db) });

  it('that were written are read back as the same, by names', () => {
    const rackId = create('rack', {
      site: create('site', { name: 'Home' }),
      name: 'yes',
      heightUnits: 9,
    });
    const sw = create('device', { name: 'sw: 1', kind: 'switch' });
    const socketId = create('interface', { device: sw, name: 'port 1', kind: 'ethernet' });
    const vlanId = create('vlan', { number: 10, name: '10' });
    const place = {
      rackId,
      position: 4,
      face: 'front',
      side: null,
      parentId: null,
      bay: null,
    } as const;
    const machine = sampleMachine(
      {
        ...{ name: '# pi', hostname: 'pi-1', role: 'edge', place, heightUnits: 1, physical: true },
        identity: { as: 'replacement', deviceId: sw },
        cables: [{ interface: 'eth0', socketId }],
        vlans: [{ interface: 'eth0', vlanId, tagged: true }],
        addresses: [
          {
            interface: 'eth0',
            address: '10.0.0.5/24',
            gateway: '10.0.0.1',
            dns: ['10.0.0.1'],
            set: true,
          },
        ],
      },
      { target: { host: 'fd00::1', port: 2222, user: 'ops', jump: ['gate'] } },
    );
    const draft = sampleDraft([machine], { rackId, tags: ['a, b', 'true'], sshKey: 'both' });
    const text = writeAnswers(db, draft);
    const file = readAnswers(text);
    expect(commonOf(lookup(), file.all)).toEqual(draft.common);
    const [own] = file.machines;
    if (own === undefined) throw new Error(text);
    expect(targetOf(own)).toEqual(machine.target);
    const read = answersOf(lookup(), machine, { file: own, all: file.all, offer: undefined });
    expect(read).toEqual(machine.answers);
  });

  it.each([
    ['rackhelm', 'app'],
    ['mine', 'user'],
    ['true', 'user'],
    ['false', 'none'],
  ])('take ssh-key: %s for %s', (word, choice) => {
    const { all } = readAnswers(`rackhelm-answers: 1\nall:\n  ssh-key: ${word}\n`);
    expect(all.sshKey).toBe(choice);
  });

  it('of a join say the same when they are read back, also that a node has no labels', () => {
    const text = [
      'rackhelm-answers: 1',
      'all:',
      '  join:',
      '    folder: /srv/k3s',
      '    version: v1.37.2+k3s1',
      '    tls-names: [rack.lab]',
      '    minutes: 20',
      'machines:',
      '  - host: a',
      '    join:',
      '      as: server',
      '      labels: []',
      '      taints: [gpu=true:NoSchedule]',
      '',
    ].join('\n');
    const { all, machines } = readAnswers(text);
    expect(all.join).toMatchObject({
      ...{ from: 'files', folder: '/srv/k3s', version: 'v1.37.2+k3s1', minutes: 20 },
      tlsNames: ['rack.lab'],
    });
    const [machine] = machines;
    if (machine === undefined) throw new Error('no machine');
    const draft = sampleDraft([sampleMachine({ join: machine.join })], { join: all.join });
    const again = readAnswers(writeAnswers(db, draft));
    expect(again.all.join).toEqual(all.join);
    expect(again.machines[0]?.join).toEqual(machine.join);
  });

  it('tell the line of a name that is not there', () => {
    const file = readAnswers('rackhelm-answers: 1\nall:\n  cluster: nowhere\n');
    expect(() => commonOf(lookup(), file.all)).toThrow(
      'Line 3: all.cluster: there is no cluster called nowhere.',
    );
  });

  it('take a machine for nothing that is not plain', () => {
    const { all } = readAnswers('rackhelm-answers: 1\n');
    const unclear = sampleMachine();
    const who = unclear.who && { ...unclear.who, verdict: 'clone' as const, says: 'It is a copy.' };
    expect(() =>
      answersOf(lookup(), { ...unclear, who }, { file: null, all, offer: undefined }),
    ).toThrow(expect.objectContaining({ code: 'MACHINE_UNCLEAR' }));
    const plain = answersOf(lookup(), unclear, { file: null, all, offer: undefined });
    expect(plain).toMatchObject({ identity: { as: 'new' }, name: 'pi-1' });
  });
});
