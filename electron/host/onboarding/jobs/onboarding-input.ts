import { z } from 'zod';
import { id } from '../../../../shared/model/inventory.ts';
import { sshTarget } from '../../../../shared/model/ssh.ts';
import { factsSummary } from '../../../../shared/onboarding/facts-summary.ts';
import { nodeRole } from '../../../../shared/onboarding/role.ts';

const address = z.string().max(64);

/** One machine as its job needs it, whatever becomes of the draft. Plain JSON, nothing secret. */
const machineInput = z.object({
  name: z.string().max(255),
  deviceId: id,
  target: sshTarget,
  /** Where it may answer as well: addresses that it is given on the way. */
  hosts: z.array(address).max(16),
  check: z.object({
    role: nodeRole,
    plan: z.object({
      name: z.string().max(253).nullable(),
      addresses: z.array(address).max(32),
      cidrs: z.array(address).max(8),
    }),
    network: z.enum(['none', 'gateway', 'outside']),
  }),
  /** For the report. */
  about: z.object({
    address: z.string().max(600),
    role: nodeRole.nullable(),
    place: z.string().max(600).nullable(),
    addresses: z.array(address).max(16),
    says: z.string().max(2_000).nullable(),
    facts: factsSummary.nullable(),
  }),
});
export type MachineInput = z.infer<typeof machineInput>;

/** By lane. */
export const onboardingInput = z.object({
  draftId: id.nullable(),
  /** Some of them join this cluster as servers: nothing else is done to its control plane meanwhile. */
  clusterId: id.optional(),
  machines: z.record(z.string().max(100), machineInput),
});
export type OnboardingInput = z.infer<typeof onboardingInput>;
