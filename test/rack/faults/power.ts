import { RackError } from '../rack-error.ts';
import { type Fault, inNode } from './fault.ts';

/** Bits 0, 2, 16, 18: under-voltage and throttled, now and since the boot. */
const throttled = '0x50005';

export const underVoltage: Fault = {
  description: 'a Pi says that its voltage is too low and that it is throttled',
  endsWithPower: true,
  plan: ({ spec }) => {
    if (spec.look === 'pi-4' || spec.look === 'pi-5') return {};
    throw new RackError(`${spec.name} is no Raspberry Pi.`);
  },
  set: async (target) => {
    await inNode(target, `echo ${throttled} >/run/rack-throttled`);
  },
  // What has happened since the boot stays written until the next one.
  clear: async (target) => {
    await inNode(target, 'echo 0x50000 >/run/rack-throttled');
  },
};
