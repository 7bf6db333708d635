import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { k3sRole } from '../../../../../shared/cluster/k3s-settings.ts';
import { said } from '../../../../../shared/cluster/status.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { id } from '../../../../../shared/model/inventory.ts';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import { note, probing } from '../../../engine/phases/index.ts';
import type { JoinedNodes, SeenNode } from './joined-nodes.ts';

const params = z.object({
  clusterId: id,
  /** Null: the API is asked on the machine itself, which is a server. */
  contextId: id.nullable(),
  /** How the API is called in evidence. */
  where: z.string().max(255),
  nodeName: z.string().max(253),
  role: k3sRole,
  addresses: z.array(z.string().max(64)).max(2),
  labels: z.record(z.string().max(320), z.string().max(63)),
  /** Null: whichever it is. */
  version: z.string().max(60).nullable().default(null),
  timeoutMs: z.number().int().min(1_000).max(3_600_000).default(300_000),
});
export type NodeReadyParams = z.infer<typeof params>;

const saved = z.object({});

/** What the node lacks of being what it was meant to be; sentences, none: nothing. */
export function lackOf(node: SeenNode, given: NodeReadyParams): string[] {
  const { addresses, labels, role, version } = given;
  const lacks: string[] = [];
  if (node.ready !== 'ready') lacks.push(node.why ?? 'it is not ready');
  if (node.cordoned) lacks.push('it takes no pods');
  const missing = addresses.filter((address) => !node.addresses.includes(address));
  if (missing.length > 0) lacks.push(`its address is ${node.addresses.join(', ') || 'none'}`);
  const wrong = Object.entries(labels).filter(([key, value]) => node.labels[key] !== value);
  if (wrong.length > 0) lacks.push(`it lacks ${wrong.map((pair) => pair.join('=')).join(', ')}`);
  if (role !== 'agent' && !node.isServer) lacks.push('it is no server');
  if (role === 'agent' && node.isServer) lacks.push('it is a server');
  const isOther = version !== null && ![version, version.split('+')[0]].includes(node.version);
  if (isOther) lacks.push(`it runs ${node.version}`);
  if (node.hasToken) lacks.push(TOKEN_LEFT);
  return lacks;
}

const TOKEN_LEFT = 'the token that it joined with is not deleted yet';

/** The proof that a join worked: the node is there, ready, and what it was meant to be. */
export function createNodeReadyPhase(
  nodes: JoinedNodes,
  { stepMs }: { readonly stepMs: number } = { stepMs: 2_000 },
): Phase<NodeReadyParams, z.infer<typeof saved>> {
  const probe = async (context: LookContext, given: NodeReadyParams) => {
    const { node, evidence } = await nodes.see(context, given);
    const { nodeName } = given;
    if (node === null) {
      const found = `There is no node ${nodeName}.`;
      return { standing: 'absent' as const, found, evidence, lacks: [] };
    }
    const lacks = lackOf(node, given);
    const standing = lacks.length === 0 ? ('present' as const) : ('partly' as const);
    const found =
      lacks.length === 0
        ? `${nodeName} is ready.`
        : `${nodeName} is there, but ${lacks.map(said).join('; ')}.`;
    return { standing, found, evidence, lacks };
  };

  return {
    id: 'node-ready',
    params,
    saved,
    title: ({ nodeName }) => `Wait until ${nodeName} is ready in the cluster`.slice(0, 200),
    lasting: () => null,
    probe: (context, given) => probing(async () => await probe(context, given)),
    plan: async (_, { nodeName, addresses, labels, timeoutMs }) => {
      const known = Object.entries(labels).map((pair) => pair.join('='));
      const as = [...addresses, ...known].join(', ');
      const minutes = Math.max(1, Math.round(timeoutMs / 60_000));
      return [
        note(
          'info',
          `${nodeName} has to be ready${as === '' ? '' : ` with ${as}`} within ${minutes} minutes. A token that was made for it is deleted then.`,
        ),
      ];
    },
    save: async () => ({}),
    async apply(context, given) {
      const until = Date.now() + given.timeoutMs;
      let told = '';
      for (;;) {
        const { standing, found, lacks } = await probe(context, given);
        if (standing === 'present') break;
        if (found !== told) context.log(found);
        told = found;
        if (Date.now() > until)
          throw new RackhelmError(
            'JOIN_TIMED_OUT',
            `${given.nodeName} joined, and did not become what it was meant to be in time. ${found}`,
          );
        // With all else in order it needs its token no more.
        if (lacks.length === 1 && lacks[0] === TOKEN_LEFT) await nodes.settled(context, given);
        else if (standing === 'partly') await nodes.complete(context, given);
        await sleep(stepMs, undefined, { signal: context.signal });
      }
    },
    undo: async (context, given) => await nodes.withdraw(context, given),
  };
}
