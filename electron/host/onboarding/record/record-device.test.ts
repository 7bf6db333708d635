import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { newValues } from '../../../../shared/model/kinds/schema.ts';
import { type Database, newId } from '../../db/index.ts';
import { snapshot } from '../../db/snapshot.ts';
import { type TemporaryData, temporaryData } from '../../db/temporary-data.ts';
import type { PhaseContext } from '../../engine/jobs/index.ts';
import { FakeMachine } from '../../engine/machines/fake-machine.ts';
import { createInventory, type Inventory } from '../../inventory/index.ts';
import { createRecords } from '../../records/index.ts';
import { workHere } from '../trial/work-here.ts';
import { recordDevicePhase } from './record-device.ts';
import type { RecordParams } from './record-params.ts';

let data: TemporaryData;
let db: Database;
let inventory: Inventory;
let machine: FakeMachine;
let rackId: string;
let portId: string;

const create = (kind: KindName, values: Record<string, unknown>) =>
  createRecords(db).create({ kind, values: newValues(kindOf(kind)).parse(values) }).id;

beforeEach(() => {
  data = temporaryData();
  db = data.open();
  inventory = createInventory(db);
  machine = new FakeMachine({ name: 'pi-1' });
  machine.answer('facts.sh', ({ args: [nonce] }) => ({
    stdout: `\n@@${nonce} begin 1\n\n@@${nonce} part uname\nLinux 6.12.41 aarch64\n\n@@${nonce} exit 0\n\n@@${nonce} end\n`,
  }));
  rackId = create('rack', { site: create('site', { name: 'Home' }), name: 'A', heightUnits: 6 });
  const switchId = inventory.devices.create({ name: 'sw-1', kind: 'switch' }).id;
  portId = create('interface', { device: switchId, name: 'port 1', kind: 'ethernet' });
});
afterEach(() => data.remove());

const phase = () =>
  recordDevicePhase({
    db,
    factsScript: 'FACTS',
    reachedAt: () => '10.0.0.11',
    ...workHere(db, inventory),
  });
const context = (): PhaseContext => ({
  machine,
  signal: new AbortController().signal,
  log: () => {},
  jobId: newId(),
  lane: 'pi-1',
  progress: () => {},
  ask: () => Promise.reject(new Error('nothing is asked')),
});
const wanted = (more: Partial<RecordParams> = {}): RecordParams => ({
  token: newId(),
  deviceId: newId(),
  identity: { as: 'new' },
  name: 'pi-1',
  kind: 'sbc',
  role: 'edge',
  clusterId: null,
  target: { host: '10.0.0.11', user: 'ops' },
  hostKey: { type: 'ssh-ed25519', sha256: 'SHA256:x' },
  place: { rackId, position: 2, face: 'front', side: null, parentId: null, bay: null },
  heightUnits: 1,
  cables: [{ interface: 'eth0', socketId: portId }],
  vlans: [],
  addresses: [{ interface: 'eth0', address: '10.0.0.11/24', gateway: null, dns: [], set: false }],
  tags: ['dns'],
  ...more,
});
const standing = async (params: RecordParams) => (await phase().probe(context(), params)).standing;
const apply = (params: RecordParams) => phase().apply(context(), params, {});
const undo = (params: RecordParams) => phase().undo(context(), params, {});
const cables = () =>
  createRecords(db).list({
    kind: 'cable',
    search: '',
    where: [],
    sort: { field: null, descending: false },
    offset: 0,
    limit: 10,
  }).total;
const changeSets = () => db.history.list({ before: null, limit: 500 }).length;

describe('recording a device', () => {
  it('writes all of it as one change set, and knows that it stands', async () => {
    const params = wanted();
    const before = changeSets();
    expect(await standing(params)).toBe('absent');
    await apply(params);
    expect(await standing(params)).toBe('present');
    expect(changeSets()).toBe(before + 1);
    const { device, interfaces } = inventory.devices.get(params.deviceId);
    expect(device).toMatchObject({
      ...{ name: 'pi-1', kind: 'sbc', status: 'active', rackId, position: 2 },
      sshHost: '10.0.0.11',
      observedAt: expect.any(Number),
    });
    expect(interfaces).toMatchObject([{ name: 'eth0', addresses: [{ address: '10.0.0.11/24' }] }]);
    expect(db.tables.tags.of([params.deviceId]).get(params.deviceId)).toEqual(['dns', 'edge']);
    expect(cables()).toBe(1);
  });

  it('is taken back by undo, and says so', async () => {
    const params = wanted();
    const before = snapshot(db.file);
    await apply(params);
    await undo(params);
    expect(await standing(params)).toBe('absent');
    expect(snapshot(db.file)).toEqual(before);
    await undo(params);
    expect(await standing(params)).toBe('absent');
  });

  it('is taken back also where others share the tags that came with it', async () => {
    const before = snapshot(db.file);
    const first = wanted({ tags: ['new-tag'] });
    const second = wanted({
      name: 'pi-2',
      place: null,
      cables: [],
      addresses: [],
      tags: ['new-tag'],
    });
    await apply(first);
    await apply(second);
    await undo(first);
    expect(db.tables.devices.exists(first.deviceId)).toBe(false);
    expect(db.tables.tags.of([second.deviceId]).get(second.deviceId)).toContain('new-tag');
    await undo(second);
    expect(snapshot(db.file)).toEqual(before);
  });

  it('is absent where a person took it back by hand, and may be done again', async () => {
    const params = wanted();
    await apply(params);
    db.history.undo();
    expect(await standing(params)).toBe('absent');
    await apply(params);
    expect(await standing(params)).toBe('present');
  });

  it('leaves nothing behind where the inventory refuses a part of it', async () => {
    const params = wanted({ heightUnits: 6 });
    const before = changeSets();
    await expect(apply(params)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await standing(params)).toBe('absent');
    expect(changeSets()).toBe(before);
    expect(db.onboardingDrafts.recording(params.token)).toBeUndefined();
  });

  it('writes nothing where the machine does not tell who it is any more', async () => {
    machine.fail('run');
    await expect(apply(wanted())).rejects.toMatchObject({ code: 'SSH_CONNECTION_LOST' });
    expect(db.tables.devices.idByName('pi-1')).toBeUndefined();
  });

  it('keeps what is declared of a known device, and adds what was answered', async () => {
    const known = inventory.devices.create({ name: 'old', kind: 'server', os: 'Mine' }).id;
    const params = wanted({ deviceId: known, identity: { as: 'known', deviceId: known } });
    await apply(params);
    expect(inventory.devices.get(known).device).toMatchObject({
      ...{ name: 'pi-1', kind: 'server', os: 'Mine', status: 'active', rackId },
    });
    await undo(params);
    expect(inventory.devices.get(known).device).toMatchObject({ name: 'old', rackId: null });
  });

  it('retires what it replaces, and takes over its name, its address, its unit and its cable', async () => {
    const first = wanted();
    await apply(first);
    const second = wanted({ identity: { as: 'replacement', deviceId: first.deviceId } });
    await apply(second);
    expect(inventory.devices.get(first.deviceId)).toMatchObject({
      device: { name: 'pi-1-old', status: 'retired', rackId: null },
      interfaces: [{ addresses: [] }],
    });
    expect(inventory.devices.get(second.deviceId).device).toMatchObject({ name: 'pi-1', rackId });
    expect(cables()).toBe(1);
    await undo(second);
    expect(inventory.devices.get(first.deviceId)).toMatchObject({
      device: { name: 'pi-1', status: 'active', rackId },
      interfaces: [{ addresses: [{ address: '10.0.0.11/24' }] }],
    });
  });

  it('makes it a member of the cluster in its role', async () => {
    const clusterId = create('cluster', { name: 'home', kind: 'k3s' });
    const params = wanted({ clusterId, role: 'control-plane' });
    await apply(params);
    const { rows } = db.tables.records.list(kindOf('cluster-member'), {
      ...{ words: [], where: [], sort: { field: null, descending: false } },
      ...{ offset: 0, limit: 5 },
    });
    expect(rows.map(({ values }) => [values.device, values.role])).toEqual([
      [params.deviceId, 'control-plane'],
    ]);
  });

  it('says beforehand what it would write', async () => {
    const params = wanted();
    const probed = await phase().probe(context(), params);
    const items = await phase().plan(context(), params, probed);
    expect(
      items.map((item) => (item.kind === 'object' ? `${item.action} ${item.name}` : '')),
    ).toEqual([
      'create device pi-1',
      'create address 10.0.0.11/24',
      'create cable from pi-1 eth0',
      'update tags of pi-1',
    ]);
  });
});
