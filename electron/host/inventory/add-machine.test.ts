import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { DeviceFields } from '../../../shared/model/inventory.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import { type TemporaryData, temporaryData } from '../db/temporary-data.ts';
import { type AddMachineInput, createInventory, type Inventory } from './index.ts';
import { sampleFacts } from './sample-facts.ts';

let data: TemporaryData;
let inventory: Inventory;

beforeEach(() => {
  data = temporaryData();
  inventory = createInventory(data.open());
});
afterEach(() => data.remove());

function add(target: SshTarget, input: Partial<AddMachineInput> = {}): string {
  return inventory.addMachine({
    facts: sampleFacts(),
    target,
    deviceId: null,
    name: 'pi-1',
    kind: 'sbc',
    rackId: null,
    acceptFacts: false,
    source: 'app',
    ...input,
  }).deviceId;
}

describe('the declared way into a machine that is known already', () => {
  const known = (fields: Partial<DeviceFields>) =>
    inventory.devices.create({ name: 'pi-1', kind: 'sbc', ...fields }).id;
  const reached: SshTarget = {
    host: '10.0.0.11',
    port: 22,
    user: 'root',
    identityFile: '/keys/new',
    jump: ['gate'],
  };
  const declared = {
    sshHost: 'pi-1.mgmt',
    sshPort: 2222,
    sshUser: 'ops',
    sshIdentityFile: '/keys/ops',
    sshJump: 'bastion',
  };
  const ssh = (id: string) => {
    const { sshHost, sshPort, sshUser, sshIdentityFile, sshJump } =
      inventory.devices.get(id).device;
    return { sshHost, sshPort, sshUser, sshIdentityFile, sshJump };
  };

  it('stays as it is, whatever way it was reached this time', () => {
    const id = known(declared);
    add(reached, { deviceId: id });
    expect(ssh(id)).toEqual(declared);
    add({ host: 'pi-1.mgmt' }, { deviceId: id });
    expect(ssh(id)).toEqual(declared);
  });

  it('is written where none is declared', () => {
    const id = known({});
    add(reached, { deviceId: id });
    expect(inventory.sshTargetOf(id)).toEqual(reached);
  });

  it('is completed for the same host, and never mixed with the way to another', () => {
    const id = known({ sshHost: 'PI-1.mgmt', sshUser: 'ops' });
    add({ ...reached, host: 'elsewhere' }, { deviceId: id });
    expect(inventory.sshTargetOf(id)).toEqual({ host: 'PI-1.mgmt', user: 'ops' });
    add({ ...reached, host: 'pi-1.mgmt' }, { deviceId: id });
    expect(inventory.sshTargetOf(id)).toEqual({ ...reached, host: 'PI-1.mgmt', user: 'ops' });
  });

  it('is replaced as a whole when the person asks for that', () => {
    const id = known(declared);
    add({ host: '10.0.0.11', user: 'root' }, { deviceId: id, replaceSsh: true });
    expect(inventory.sshTargetOf(id)).toEqual({ host: '10.0.0.11', user: 'root' });
  });
});

describe('what is no machine', () => {
  const invalid = (field: string) =>
    expect.objectContaining({ code: 'INVALID_INPUT', data: { field } });
  const tooLong = `/${'a'.repeat(600)}`;

  it('is refused with the field that is wrong, new or known', () => {
    expect(() => add({ host: 'a' }, { name: ' ' })).toThrow(invalid('name'));
    expect(() => add({ host: 'a', identityFile: tooLong })).toThrow(invalid('sshIdentityFile'));
    const { id } = inventory.devices.create({ name: 'plan', kind: 'sbc' });
    expect(() => add({ host: 'a', identityFile: tooLong }, { deviceId: id })).toThrow(
      invalid('sshIdentityFile'),
    );
    expect(inventory.devices.get(id).device.observedAt).toBeNull();
    expect(inventory.summary().devices).toBe(1);
  });

  it('is a name that is taken but for the space around it', () => {
    add({ host: 'a' });
    expect(() => add({ host: 'b' }, { name: ' PI-1 ' })).toThrow(
      expect.objectContaining({ code: 'DUPLICATE' }),
    );
  });
});
