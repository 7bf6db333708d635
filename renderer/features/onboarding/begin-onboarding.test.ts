import { expect, test } from 'vitest';
import { machineOfDevice } from './begin-onboarding.ts';

const nothing = {
  sshHost: null,
  sshPort: null,
  sshUser: null,
  sshIdentityFile: null,
  sshJump: null,
};

test('a device is onboarded by the way in that is declared for it, and by nothing that is not', () => {
  expect(machineOfDevice(nothing)).toEqual([]);
  expect(machineOfDevice({ ...nothing, sshHost: 'pi-1' })).toEqual([
    { target: { host: 'pi-1' }, foundBy: 'device' },
  ]);
  const declared = { sshHost: '10.0.0.5', sshPort: 2222, sshUser: 'ops', sshIdentityFile: '~/k' };
  expect(machineOfDevice({ ...declared, sshJump: 'gate, ops@inner:22' })[0]?.target).toEqual({
    host: '10.0.0.5',
    port: 2222,
    user: 'ops',
    identityFile: '~/k',
    jump: ['gate', 'ops@inner:22'],
  });
});
