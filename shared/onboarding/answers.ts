import { z } from 'zod';
import { checkId } from '../checks/check.ts';
import { commonJoin, machineJoin, noMachineJoin } from '../cluster/join/join-answers.ts';
import { id } from '../model/inventory.ts';
import { givenName } from '../model/name.ts';
import { mountedPlace } from '../model/racks.ts';
import { nodeRole } from './role.ts';

const interfaceName = z.string().trim().min(1).max(100);
const address = z.string().trim().min(2).max(64);

/** Which thing of the inventory a machine is. Nobody decides this but a person, or plain evidence. */
export const identityAnswer = z.discriminatedUnion('as', [
  z.object({ as: z.literal('new') }),
  z.object({ as: z.literal('known'), deviceId: id }),
  /** Takes the place of that device, which is marked as retired. */
  z.object({ as: z.literal('replacement'), deviceId: id }),
  /** A copy of the disk of that device: a machine of its own that needs a machine id and keys of its own. */
  z.object({ as: z.literal('clone'), deviceId: id }),
]);
export type IdentityAnswer = z.infer<typeof identityAnswer>;

/** An address that the machine shall have. `set`: written on the machine, else only documented. */
export const addressAnswer = z.object({
  interface: interfaceName,
  /** With prefix length. */
  address,
  gateway: address.nullable().default(null),
  dns: z.array(address).max(4).default([]),
  set: z.boolean().default(false),
});
export type AddressAnswer = z.infer<typeof addressAnswer>;

/** A port that one of the machine's interfaces is plugged into. */
export const cableAnswer = z.object({ interface: interfaceName, socketId: id });
export type CableAnswer = z.infer<typeof cableAnswer>;

export const vlanAnswer = z.object({ interface: interfaceName, vlanId: id, tagged: z.boolean() });
export type VlanAnswer = z.infer<typeof vlanAnswer>;

/** Which failed check is to be mended; the phase and its parameters stand in the check's result. */
export const fixAnswer = z.object({ check: checkId, part: z.string().max(200).default('') });

/**
 * Whose key the machines let in: Rackhelm's own, that of this computer's user (`~/.ssh/id_*.pub`), or both.
 */
export const sshKeyChoice = z.enum(['none', 'app', 'user', 'both']);
export type SshKeyChoice = z.infer<typeof sshKeyChoice>;

/** Drafts of before say whether it is the user's. */
const keptSshKey = z.union([
  sshKeyChoice,
  z.boolean().transform((isUser): SshKeyChoice => (isUser ? 'user' : 'none')),
]);

/** What is answered once for all machines of a draft. */
export const commonAnswers = z.object({
  /** For those that have none of their own. */
  role: nodeRole.nullable(),
  clusterId: id.nullable(),
  rackId: id.nullable(),
  /** Addresses are offered from this prefix. */
  prefixId: id.nullable(),
  tags: z.array(z.string().trim().min(1).max(100)).max(20),
  sshKey: keptSshKey,
  /** And then no login by password any more. */
  passwordLoginOff: z.boolean(),
  /** Let the machines try one connection to the outside world when they are checked. */
  tryOutside: z.boolean(),
  /** How they join their cluster; null: they are only brought in. */
  join: commonJoin.nullable(),
});
export type CommonAnswers = z.infer<typeof commonAnswers>;

export const noCommonAnswers: CommonAnswers = {
  role: null,
  clusterId: null,
  rackId: null,
  prefixId: null,
  tags: [],
  sshKey: 'none',
  passwordLoginOff: false,
  tryOutside: false,
  join: null,
};

/** What is answered for one machine. Null: not answered yet. */
export const machineAnswers = z.object({
  identity: identityAnswer.nullable(),
  /** Of the device. */
  name: givenName.nullable(),
  /** Also give the machine this host name. */
  hostname: z.string().trim().min(1).max(253).nullable(),
  role: nodeRole.nullable(),
  /** Null: said to stand nowhere, or not said. */
  place: mountedPlace.nullable(),
  heightUnits: z.number().min(0).max(50).multipleOf(0.5).nullable(),
  /** Said to be a machine that one can touch, though its facts look like one in another. */
  physical: z.boolean().optional(),
  cables: z.array(cableAnswer).max(16),
  vlans: z.array(vlanAnswer).max(64),
  addresses: z.array(addressAnswer).max(16),
  fixes: z.array(fixAnswer).max(100),
  join: machineJoin,
});
export type MachineAnswers = z.infer<typeof machineAnswers>;

export const noMachineAnswers: MachineAnswers = {
  identity: null,
  name: null,
  hostname: null,
  role: null,
  place: null,
  heightUnits: null,
  cables: [],
  vlans: [],
  addresses: [],
  fixes: [],
  join: noMachineJoin,
};

/** The role of a machine: its own, else the one of all. */
export function roleOf(common: CommonAnswers, own: MachineAnswers) {
  return own.role ?? common.role;
}
