import { said } from '../../../../../shared/cluster/status.ts';
import { type DoctorFix, diagnose } from '../../../../../shared/cluster/upkeep/diagnose.ts';
import type { DoctorWork } from '../../../../../shared/cluster/upkeep/upkeep-work.ts';
import { passwordThere } from '../leave/delete-node.ts';
import { type MachineLooks, withMachine } from '../look-at-machine.ts';
import { machineOf } from '../node-machines.ts';
import { nodesNow } from '../node-now.ts';
import type { SeenK3s } from '../see-machine.ts';
import type { UpkeepLook, UpkeepNeeds, WorkContext } from '../upkeep-needs.ts';
import { info, stop, type Wanted, warning } from '../wanted.ts';
import { seeNode } from './see-node.ts';

/** Why a node does not come back, and what phases can do about it. Changes nothing. */
export async function wantedDoctor(
  needs: UpkeepNeeds & MachineLooks,
  { work, ...context }: WorkContext & { readonly work: DoctorWork },
  look: UpkeepLook,
): Promise<Wanted> {
  const { contextId, clusterId, clusterName } = context;
  const { node: name } = work;
  const client = needs.clientOf(contextId);
  const nodes = await nodesNow(client, look.signal);
  const node = nodes.find((one) => one.name === name) ?? null;
  const machine = machineOf(needs, clusterId, node ?? { name, machineId: '', addresses: [] });
  const title = `Bring ${name} back into ${clusterName}`;
  const found = await withMachine(needs, machine, { ...look, work: seeNode });
  if (!found.ok || machine?.target == null) {
    const why = found.ok ? 'it has no SSH host.' : found.says;
    return {
      title,
      findings: [stop(`The machine of ${said(name)} is not reached: ${why}`)],
      job: null,
    };
  }
  const { seen, k3s } = found.value;
  const kept = await passwordThere(client, name, look.signal);
  const passwordKept = kept === 'not to be read' ? null : kept === 'there';
  const diagnoses = diagnose({ name, node, nodes, passwordKept, seen });
  const fixes = new Set(diagnoses.flatMap(({ fix }) => fix ?? []));
  const { deviceId, name: device, target } = machine;
  const phases = phasesOf(fixes, {
    contextId,
    where: clusterName,
    node: name,
    k3s,
    joins: seen.server !== null,
  });
  return {
    title,
    findings: diagnoses.map(({ weight, says }) => (weight === 'info' ? info(says) : warning(says))),
    job:
      phases.length === 0
        ? null
        : {
            lanes: [{ lane: deviceId, title: name, deviceId, phases }],
            input: { clusterId, contextId, machines: { [deviceId]: { name: device, target } } },
          },
  };
}

interface Fixing {
  readonly contextId: string;
  readonly where: string;
  readonly node: string;
  readonly k3s: SeenK3s;
  /** It joins a server; else it is the one that others join. */
  readonly joins: boolean;
}

/** In their order: a node that is refused by its name is so until that is forgotten. */
function phasesOf(fixes: ReadonlySet<DoctorFix>, { k3s, joins, ...at }: Fixing) {
  const role = k3s.service === 'k3s-agent' ? 'agent' : joins ? 'server' : 'first-server';
  const forget = fixes.has('forget-password');
  // What is refused asks again by itself; what stands still has to be started.
  const start = fixes.has('start-k3s');
  return [
    ...(forget ? [{ phase: 'forget-password', params: { ...at } }] : []),
    ...(start ? [{ phase: 'k3s-start', params: { role, init: k3s.init } }] : []),
  ];
}
