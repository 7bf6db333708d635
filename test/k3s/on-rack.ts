import { stringify } from 'yaml';
import { endPodsCommand } from '../../electron/host/cluster/join/phases/leftovers.ts';
import { serviceFile } from '../../electron/host/cluster/join/phases/unit-text.ts';
import { until } from '../cluster/wait.ts';
import type { Node } from '../rack/index.ts';
import { type FaultName, faultFile } from './faults.ts';
import { launcherText, standinVersion } from './launcher.ts';
import { configFile, kubeconfigFile, serverDirectory } from './places.ts';

export class K3sError extends Error {
  override readonly name = 'K3sError';
}

/** What it prints; anything but success is an error that carries what it said. */
export async function must(node: Node, command: string, stdin = ''): Promise<string> {
  const { exitCode, stdout, stderr } = await node.exec(command, { stdin, timeoutMs: 120_000 });
  if (exitCode === 0) return stdout;
  throw new K3sError(`On ${node.name}: ${stderr || stdout || command}`);
}

async function place(node: Node, file: string, text: string, mode: string): Promise<void> {
  const directory = file.slice(0, file.lastIndexOf('/'));
  await must(node, `mkdir -p ${directory} && cat >${file} && chmod ${mode} ${file}`, text);
}

/** Lays the stand-in down where the binary of K3s is. */
export async function placeBinary(node: Node, version: string = standinVersion): Promise<void> {
  await place(node, '/usr/local/bin/k3s', launcherText(version), '755');
}

/** What goes wrong on this node from its next start on; none: nothing does. */
export async function setFaults(node: Node, ...names: readonly FaultName[]): Promise<void> {
  if (names.length === 0) await must(node, `rm -f ${faultFile}`);
  else await place(node, faultFile, `${names.join('\n')}\n`, '644');
}

const serviceOf = (command: 'server' | 'agent') => (command === 'server' ? 'k3s' : 'k3s-agent');

/** Writes binary, settings and service as an installation by hand would; nothing is started. */
export async function prepareByHand(
  node: Node,
  command: 'server' | 'agent',
  config: Readonly<Record<string, unknown>>,
): Promise<void> {
  const service = serviceOf(command);
  const unit = serviceFile('systemd', service, command);
  await placeBinary(node);
  await place(node, configFile, stringify({ 'node-name': node.name, ...config }), '600');
  await place(node, unit.path, unit.text, '644');
}

/** The same, and starts it without waiting. */
export async function startByHand(...asked: Parameters<typeof prepareByHand>): Promise<void> {
  const [node, command] = asked;
  await prepareByHand(...asked);
  const service = serviceOf(command);
  await must(node, `systemctl enable ${service} && systemctl restart --no-block ${service}`);
}

/** A server of K3s on a node of the rack. */
export class K3sServer {
  readonly node: Node;

  constructor(node: Node) {
    this.node = node;
  }

  /** For whoever joins. */
  get url(): string {
    return `https://${this.node.address}:6443`;
  }

  /** Of the servers: who has it may do everything. */
  async token(): Promise<string> {
    return (await must(this.node, `cat ${serverDirectory}/token`)).trim();
  }

  /** A new one that lets agents join, for an hour. */
  async agentToken(ttl = '1h'): Promise<string> {
    return (await must(this.node, `k3s token create --ttl ${ttl}`)).trim();
  }

  /** Of etcd, as its supervisor tells them. */
  async members(): Promise<readonly { readonly name: string; readonly isLearner?: boolean }[]> {
    const password = (await this.token()).split(':').at(-1);
    const asked = `curl -fsk -u 'server:${password}' https://127.0.0.1:6443/db/info`;
    return JSON.parse(await must(this.node, asked)).members;
  }

  kubectl(words: string): Promise<string> {
    // What it keeps of the API is no trace of K3s.
    return must(this.node, `KUBECACHEDIR=/tmp/kube-cache k3s kubectl ${words}`);
  }

  /** A way in as its administrator, from this computer. */
  async kubeconfig(): Promise<string> {
    const text = await must(this.node, `cat ${kubeconfigFile}`);
    return text.replace('https://127.0.0.1:6443', this.url);
  }

  async isReady(name: string): Promise<boolean> {
    const { stdout } = await this.node.exec(
      'KUBECACHEDIR=/tmp/kube-cache k3s kubectl get nodes --no-headers',
    );
    return stdout.split('\n').some((line) => new RegExp(`^${name} +Ready`).test(line));
  }

  waitFor(name: string): Promise<void> {
    const what = `the node ${name} is ready`;
    return until(what, () => this.isReady(name), { timeoutMs: 90_000, everyMs: 300 });
  }
}

/** A cluster of one, for tests that begin with one. */
export async function startFirstServer(
  node: Node,
  config: Readonly<Record<string, unknown>> = {},
): Promise<K3sServer> {
  await startByHand(node, 'server', config);
  const server = new K3sServer(node);
  await server.waitFor(node.name);
  return server;
}

export async function joinByHand(
  server: K3sServer,
  node: Node,
  command: 'server' | 'agent' = 'agent',
): Promise<void> {
  const token = command === 'agent' ? await server.agentToken() : await server.token();
  await startByHand(node, command, { server: server.url, token });
  await server.waitFor(node.name);
}

/** What an uninstall does; the cluster is not asked. Runs also where there is nothing. */
export async function uninstall(node: Node): Promise<void> {
  await must(
    node,
    [
      'for s in k3s k3s-agent; do systemctl disable --now $s; done 2>/dev/null',
      endPodsCommand.command,
      'rm -rf /etc/rancher /var/lib/rancher /var/lib/kubelet /run/k3s /run/flannel /etc/cni/net.d /var/lib/cni',
      // Routes to the pods of other nodes, which the stand-in lays where K3s has vxlan.
      // busybox knows no protocols, and would take all routes away.
      'ip -V 2>/dev/null | grep -q iproute2 && ip route flush proto 80 2>/dev/null',
      // What a job that was never undone has noted there.
      'rm -rf /var/lib/rackhelm',
      `rm -rf /etc/systemd/system/k3s.service /etc/systemd/system/k3s-agent.service /usr/local/bin/k3s ${faultFile}`,
      'true',
    ].join('\n'),
  );
}

/** What the log of the service says, newest last. */
export async function logOf(node: Node, command: 'server' | 'agent'): Promise<string> {
  return must(node, `journalctl -u ${serviceOf(command)} -o cat --no-pager`);
}
