import type { Evidence } from './evidence.ts';
import { absent, ok, type SectionParser } from './outcome.ts';
import { workloadsOf } from './workloads.ts';

export const parseKubernetes: SectionParser<'kubernetes'> = (evidence) => {
  const unit = unitRole(evidence);
  const role = processRole(evidence) ?? unit;
  if (evidence.hasTool('k3s') || role) {
    return ok({
      distribution: 'k3s',
      role,
      version: /^k3s version (\S+)/m.exec(evidence.part('k3s')?.text ?? '')?.[1] ?? null,
      running: running(evidence, ['k3s-server', 'k3s-agent']),
      ...seenWorkloads(evidence),
    });
  }
  // Some distributions keep the program where no PATH leads.
  if (!evidence.hasTool('kubelet') && !evidence.runs('kubelet')) {
    return absent('Neither K3s nor a kubelet is installed.');
  }
  return ok({
    distribution: 'kubelet',
    role: 'node',
    version: /^Kubernetes (\S+)/m.exec(evidence.part('kubelet')?.text ?? '')?.[1] ?? null,
    running: running(evidence, ['kubelet']),
    ...seenWorkloads(evidence),
  });
};

/** K3s names its process after its role. */
function processRole(evidence: Evidence): 'server' | 'agent' | null {
  if (evidence.runs('k3s-server')) return 'server';
  return evidence.runs('k3s-agent') ? 'agent' : null;
}

function unitRole(evidence: Evidence): 'server' | 'agent' | null {
  const server = ['/etc/systemd/system/k3s.service', '/etc/init.d/k3s'];
  if (server.some((path) => evidence.exists(path))) return 'server';
  const agent = ['/etc/systemd/system/k3s-agent.service', '/etc/init.d/k3s-agent'];
  return agent.some((path) => evidence.exists(path)) ? 'agent' : null;
}

function running(evidence: Evidence, names: readonly string[]): boolean | null {
  const answers = names.map((name) => evidence.runs(name));
  if (answers.includes(true)) return true;
  return answers.includes(null) ? null : false;
}

function seenWorkloads(evidence: Evidence) {
  const pods = evidence.part('pods');
  return pods?.end === 0 ? { workloads: workloadsOf(pods.text) } : {};
}
