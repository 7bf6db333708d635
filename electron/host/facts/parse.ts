import {
  type Facts,
  type FactsSectionName,
  factsSchema,
  factsSections,
  identifiers as identifiersSchema,
} from '../../../shared/model/facts.ts';
import { parseBlockDevices } from './block-devices.ts';
import { parseCgroup } from './cgroup.ts';
import { parseContainers } from './containers.ts';
import { parseCpu } from './cpu.ts';
import { parseDns } from './dns.ts';
import { type Doubtful, type Evidence, readEvidence } from './evidence.ts';
import { parseFileSystems } from './file-systems.ts';
import { type Frames, readFrames } from './frames.ts';
import { parseGpus } from './gpus.ts';
import { identifiersOf } from './identifiers.ts';
import { parseHostname, parseMachineId } from './identity.ts';
import { parseInterfaces } from './interfaces.ts';
import { parseKubernetes } from './kubernetes.ts';
import { parseListeningPorts } from './listening-ports.ts';
import { parseLldp } from './lldp.ts';
import { parseLoad, parseMemory } from './memory-load.ts';
import { failed, type SectionParsers } from './outcome.ts';
import { reachedAtOf } from './reached-at.ts';
import { parseRoutes } from './routes.ts';
import { sanitize } from './sanitize.ts';
import { parseKernel, parseModel, parseOs } from './system.ts';
import { parseTime } from './time.ts';
import { parseVirtualization } from './virtualization.ts';

const parsers: SectionParsers = {
  hostname: parseHostname,
  machineId: parseMachineId,
  os: parseOs,
  kernel: parseKernel,
  model: parseModel,
  cpu: parseCpu,
  memory: parseMemory,
  blockDevices: parseBlockDevices,
  fileSystems: parseFileSystems,
  interfaces: parseInterfaces,
  routes: parseRoutes,
  dns: parseDns,
  time: parseTime,
  cgroup: parseCgroup,
  virtualization: parseVirtualization,
  containers: parseContainers,
  kubernetes: parseKubernetes,
  gpus: parseGpus,
  lldp: parseLldp,
  listeningPorts: parseListeningPorts,
  load: parseLoad,
};

export interface Timing {
  /** UTC milliseconds by this computer's clock. */
  readonly collectedAt: number;
  readonly durationMs: number;
}

/** Reads the script's output into facts. Never throws for what a machine printed. */
export function parseFacts(output: Uint8Array | string, nonce: string, timing: Timing): Facts {
  return readFacts(readFrames(output, nonce), timing).facts;
}

/** With the tools whose answer could not be believed, and whose plain form was not asked yet. */
export function readFacts(
  frames: Frames,
  timing: Timing,
): { facts: Facts; doubts: readonly Doubtful[] } {
  const evidence = readEvidence(frames);
  const names = Object.keys(parsers).filter(isSectionName);
  const sections = Object.fromEntries(names.map((name) => [name, sectionOf(name, evidence)]));
  const facts = factsSchema.parse({ ...timing, sections });
  const reachedAt = reachedAtOf(evidence, facts.sections);
  const identifiers = identifiersOf(evidence, facts.sections);
  const told = {
    ...facts,
    ...(reachedAt ? { reachedAt } : {}),
    ...(identifiers ? { identifiers: identifiersSchema.parse(sanitize(identifiers)) } : {}),
  };
  return { facts: told, doubts: [...evidence.doubts] };
}

function isSectionName(name: string): name is FactsSectionName {
  return Object.hasOwn(factsSections, name);
}

/** Sections whose tools come in parts of their own, whatever came before them. */
const ownBound: ReadonlySet<FactsSectionName> = new Set([
  'blockDevices',
  'fileSystems',
  'gpus',
  'lldp',
]);
const cutEarly = 'What the machine has was not heard: what came before it was too long.';

/** One section cannot take the others with it, whatever its tool printed. */
function sectionOf(name: FactsSectionName, evidence: Evidence): unknown {
  try {
    const outcome = parsers[name](evidence);
    // What was not told of is not known to be absent, nor a file that was not told to be missing.
    const isKnown = evidence.toldPresence || (outcome.status === 'failed' && ownBound.has(name));
    if (outcome.status !== 'ok' && !isKnown) return failed(cutEarly);
    const checked = factsSections[name].safeParse(sanitize(outcome));
    if (checked.success) return checked.data;
    const at = checked.error.issues[0]?.path.join('.') ?? '';
    return failed(`What the machine told was not understood (${at}).`);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return sanitize(failed(`What the machine told was not understood: ${detail}`));
  }
}
