import { z } from 'zod';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import {
  commandItem,
  linesOf,
  look,
  note,
  probing,
  runCommand,
  told,
} from '../../../engine/phases/index.ts';

const params = z.object({
  node: z.string().max(253),
  /** Of this job alone, so that it is known again: K3s adds the node and the time. */
  name: z
    .string()
    .max(100)
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/),
});
type Params = z.infer<typeof params>;
const saved = z.object({});

/** Takes a snapshot of etcd on a server; it lies there, and where the server is told to send them. */
export const etcdSnapshotPhase: Phase<Params, z.infer<typeof saved>> = {
  id: 'etcd-snapshot',
  params,
  saved,
  title: ({ node }) => `Take a snapshot of etcd on ${node}`,
  lasting: () => null,

  probe: (context, given) =>
    probing(async () => {
      const { names, evidence } = await see(context, given);
      const [first] = names;
      return first === undefined
        ? { standing: 'absent', found: 'There is no such snapshot yet.', evidence }
        : { standing: 'present', found: `The snapshot ${first} is there.`, evidence };
    }),

  plan: async (_, { name }) => [
    commandItem(saveCommand(name)),
    note('info', 'K3s never deletes a snapshot that was asked for: it stays until somebody does.'),
  ],

  save: async () => ({}),

  async apply(context, given) {
    const { names } = await see(context, given);
    if (names.length === 0) await runCommand(context, saveCommand(given.name));
  },

  async undo(context, given) {
    const { names } = await see(context, given);
    for (const name of names)
      await runCommand(context, {
        command: `k3s etcd-snapshot delete ${quote(name)}`,
        timeoutMs: 120_000,
      });
  },
};

const saveCommand = (name: string) => ({
  command: `k3s etcd-snapshot save --name ${quote(name)}`,
  timeoutMs: 300_000,
});

/** Names as K3s lists them: ours, the node, the time. */
async function see(context: LookContext, { name }: Params) {
  const { parts, evidence } = await look(
    context,
    { list: 'k3s etcd-snapshot ls 2>/dev/null' },
    { named: 'snapshots of etcd', root: true },
  );
  told(parts.list);
  const names = linesOf(parts.list)
    .map((line) => line.trim().split(/\s+/)[0] ?? '')
    .filter((one) => one.startsWith(`${name}-`));
  return { names, evidence };
}
