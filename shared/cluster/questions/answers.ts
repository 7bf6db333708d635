import { z } from 'zod';

/** What is asked of a cluster on one page, and what is told of it. */

const workloadName = z.object({
  /** As lists call it: `deployments.apps`; `pods` of what nobody makes again. */
  kind: z.string(),
  namespace: z.string(),
  name: z.string(),
});
export type WorkloadName = z.infer<typeof workloadName>;

export const machineClasses = ['ARM board', 'ARM server', 'x86', 'GPU', 'other'] as const;
export type MachineClass = (typeof machineClasses)[number];

const placed = workloadName.extend({
  /** How many of its pods run on each class. */
  on: z.array(z.object({ machine: z.enum(machineClasses), pods: z.number().int() })),
  nodes: z.array(z.string()),
});
export type Placed = z.infer<typeof placed>;

/** `wrong`: it does not run there; `misplaced`: it runs, and asks for another; `bound`: it could not move. */
export const architectureFindings = ['wrong', 'misplaced', 'bound', 'unknown'] as const;

const architectureAnswer = workloadName.extend({
  finding: z.enum(architectureFindings),
  on: z.array(z.string()),
  /** Architectures of the cluster of which nobody knows whether its images have a build, or which they lack. */
  about: z.array(z.string()),
  why: z.array(z.string()),
});
export type ArchitectureAnswer = z.infer<typeof architectureAnswer>;

const thin = workloadName.extend({
  finding: z.enum(['one-replica', 'one-node']),
  pods: z.number().int(),
  node: z.string().nullable(),
});
export type Thin = z.infer<typeof thin>;

/** `nowhere`: no other node takes it; `waits`: one would, and it is not moved by itself; `gone`: nobody makes it again. */
export const lossFindings = ['nowhere', 'waits', 'gone'] as const;

const lossOfPod = workloadName.extend({
  pod: z.string(),
  finding: z.enum(lossFindings),
  /** Sentences without a full stop. */
  why: z.array(z.string()),
});
export type LossOfPod = z.infer<typeof lossOfPod>;

const loss = z.object({
  node: z.string(),
  /** Of those that have to move, without those that belong to each node. */
  pods: z.number().int(),
  moves: z.number().int(),
  stays: z.array(lossOfPod),
  /** Beyond those that are told. */
  more: z.number().int(),
  /** Budgets that do not let a drain take anything now. */
  budgets: z.array(z.string()),
  /** Data on the node that pods leave behind. */
  leaves: z.array(z.string()),
});
export type Loss = z.infer<typeof loss>;

/** Lists hold at the most so many; `total` tells of all. */
export const mostRows = 500;
export const mostOfNode = 50;

const listOf = <T extends z.ZodType>(row: T) =>
  z.object({ rows: z.array(row), total: z.number().int() });

export const answers = z.object({
  classes: z.array(
    z.object({
      machine: z.enum(machineClasses),
      nodes: z.array(z.string()),
      pods: z.number().int(),
    }),
  ),
  placed: listOf(placed),
  architectures: listOf(architectureAnswer),
  thin: listOf(thin),
  losses: z.array(loss),
});
export type Answers = z.infer<typeof answers>;
