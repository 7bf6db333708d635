import type { Evidence } from '../../../../../shared/checks/check.ts';
import { objectMetadata } from '../../../../../shared/cluster/kube-object.ts';
import { type KubeClient, KubeError } from '../../../connections/kubernetes/index.ts';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, PhaseContext } from '../../../engine/jobs/index.ts';
import { look, type Part, runCommand, UnclearAnswer } from '../../../engine/phases/index.ts';
import { patiently } from '../../drain/patiently.ts';
import { resources } from '../../resources.ts';
import type { AskedNode, JoinedNodes } from '../phases/joined-nodes.ts';
import type { JoinTokens } from '../phases/token.ts';
import { type ApiNode, readApiNode } from '../survey/api-survey.ts';

interface Needs {
  readonly clientOf: (contextId: string) => KubeClient;
  readonly tokens: Pick<JoinTokens, 'revoke'>;
}

/** By the API of a saved context; the first server is asked on its own machine. */
export function createJoinedNodes({ clientOf, tokens }: Needs): JoinedNodes {
  const patch = async (
    { signal }: PhaseContext,
    { contextId, nodeName: name }: AskedNode,
    change: object,
  ) => {
    if (contextId === null) return;
    const asked = { kind: 'strategic', patch: change, signal } as const;
    await patiently(() => clientOf(contextId).patch(resources.nodes, { name }, asked), signal);
  };

  return {
    async see(context, given) {
      const { contextId, nodeName, where } = given;
      if (contextId === null) return await seeOnMachine(context, given);
      const at = Date.now();
      const node = await patiently(
        () => nodeOrNull(clientOf(contextId), nodeName, context.signal),
        context.signal,
      );
      const evidence: Evidence = {
        ...{ ran: `GET /api/v1/nodes/${nodeName}`, where, as: null, at },
        ...{ durationMs: Date.now() - at, cut: false, exit: null },
        said: node === null ? 'There is none of this name.' : words(node),
      };
      return { node, evidence: [evidence] };
    },
    async complete(context, given) {
      await patch(context, given, {
        metadata: { labels: given.labels },
        spec: { unschedulable: null },
      });
      if (given.contextId === null)
        await runCommand(context, { command: `k3s kubectl uncordon ${quote(given.nodeName)}` });
    },
    async settled({ jobId, signal, ask, log }, { clusterId, nodeName, role }) {
      if (role !== 'agent') return;
      await tokens.revoke({
        clusterId,
        nodeName,
        role,
        jobId,
        signal,
        ask,
        log: (text) => log(text),
      });
    },
    async cordon(context, given) {
      const { contextId, nodeName } = given;
      if (contextId === null) {
        await runCommand(context, { command: `k3s kubectl cordon ${quote(nodeName)}` });
        return;
      }
      await patch(context, given, { spec: { unschedulable: true } });
    },
  };
}

export async function nodeOrNull(
  client: KubeClient,
  name: string,
  signal: AbortSignal,
): Promise<ApiNode | null> {
  try {
    return readApiNode(await client.get(resources.nodes, { name }, { signal }));
  } catch (error) {
    if (error instanceof KubeError && error.code === 'KUBE_NOT_FOUND') return null;
    throw error;
  }
}

async function seeOnMachine(context: LookContext, { nodeName }: AskedNode) {
  const asked = {
    runs: 'pidof k3s-server k3s >/dev/null || pgrep -f "k3s server" >/dev/null',
    node: `k3s kubectl get node ${quote(nodeName)} -o json`,
  };
  const { parts, evidence } = await look(context, asked, { named: 'the node', root: true });
  const { runs, node } = parts;
  const shown = evidence.slice(1).map((one) => ({ ...one, said: one.said.slice(0, 600) }));
  if (node.exitCode === 0) return { node: parsedNode(node), evidence: shown };
  // Where K3s does not run, there is no cluster that could have a node.
  const isGone = /\(NotFound\)/.test(node.text) || runs.exitCode !== 0;
  if (isGone) return { node: null, evidence: shown };
  throw new UnclearAnswer(`K3s does not answer yet: ${node.text.trim().slice(-300)}`, shown);
}

function parsedNode({ text }: Part): ApiNode {
  try {
    // What comes before it are warnings.
    const object: unknown = JSON.parse(text.slice(text.indexOf('{')));
    if (typeof object !== 'object' || object === null || !('metadata' in object)) throw new Error();
    const metadata = objectMetadata.parse(object.metadata);
    return readApiNode({ apiVersion: 'v1', kind: 'Node', ...object, metadata });
  } catch {
    throw new UnclearAnswer('What K3s told of the node could not be read.');
  }
}

function words({ ready, cordoned, addresses, version, labels }: ApiNode): string {
  const lines = [`ready: ${ready}`, `cordoned: ${cordoned}`, `addresses: ${addresses.join(', ')}`];
  const told = Object.entries(labels).map((pair) => pair.join('='));
  return [...lines, `version: ${version}`, `labels: ${told.join(', ')}`].join('\n').slice(0, 4_000);
}
