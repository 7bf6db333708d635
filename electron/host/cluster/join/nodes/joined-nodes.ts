import type { Evidence } from '../../../../../shared/checks/check.ts';
import { objectMetadata } from '../../../../../shared/cluster/kube-object.ts';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, PhaseContext } from '../../../engine/jobs/index.ts';
import { look, type Part, runCommand, UnclearAnswer } from '../../../engine/phases/index.ts';
import { patiently } from '../../drain/patiently.ts';
import { resources } from '../../resources.ts';
import type { JoinHands } from '../phases/join-hands.ts';
import type { AskedNode, JoinedNodes } from '../phases/joined-nodes.ts';
import type { JoinTokens } from '../phases/token.ts';
import { type ApiNode, readApiNode } from '../survey/api-survey.ts';
import { hasApiToken, purposeOf } from '../tokens/api-tokens.ts';
import { gone, nodeOrNull } from './asked-node.ts';

interface Needs {
  readonly clientOf: (contextId: string) => KubeClient;
  readonly tokens: Pick<JoinTokens, 'revoke'>;
  readonly leave: JoinHands['leave'];
}

/** By the API of a saved context; the first server is asked on its own machine. */
export function createJoinedNodes({ clientOf, tokens, leave }: Needs): JoinedNodes {
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
      const { signal } = context;
      const client = clientOf(contextId);
      const seen = await patiently(() => nodeOrNull(client, nodeName, signal), signal);
      const asked = { purpose: purposeOf(given), signal };
      const hasToken =
        seen !== null &&
        given.role === 'agent' &&
        (await patiently(() => hasApiToken(client, asked), signal));
      const node = seen && { ...seen, hasToken };
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
    async withdraw(context, given) {
      const { contextId, nodeName, where, clusterId, role } = given;
      if (contextId === null) {
        const name = quote(nodeName);
        const command = `k3s kubectl cordon ${name} && k3s kubectl delete node ${name} --ignore-not-found --wait=false`;
        await runCommand(context, { command, timeoutMs: 60_000 });
        return;
      }
      const { signal } = context;
      const client = clientOf(contextId);
      if ((await patiently(() => nodeOrNull(client, nodeName, signal), signal)) === null) return;
      await patch(context, given, { spec: { unschedulable: true } });
      if (role === 'server') await leave(context, { clusterId, contextId, nodeName, where });
      const asked = () => gone(client.delete(resources.nodes, { name: nodeName }, { signal }));
      await patiently(asked, signal);
      context.log(`The cluster has no node ${nodeName} any more.`);
    },
  };
}

async function seeOnMachine(context: LookContext, { nodeName }: AskedNode) {
  const asked = {
    runs: 'pidof k3s-server k3s >/dev/null || pgrep -f "k3s server" >/dev/null',
    node: `k3s kubectl get node ${quote(nodeName)} -o json`,
  };
  const { parts, evidence } = await look(context, asked, { named: 'the node', root: true });
  const { runs, node } = parts;
  const shown = evidence.slice(1).map((one) => ({ ...one, said: one.said.slice(0, 600) }));
  if (node.exitCode === 0)
    return { node: { ...parsedNode(node), hasToken: false }, evidence: shown };
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
