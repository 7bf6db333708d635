import { z } from 'zod';
import type { SectionData } from '../../../shared/model/facts.ts';
import type { Evidence } from './evidence.ts';
import { absent, jsonIn, ok, type SectionParser } from './outcome.ts';

type Engine = SectionData<'containers'>[number];

const side = z.object({ Version: z.string().optional() }).nullish().catch(null);
const dockerVersion = z.object({ Client: side, Server: side });

export const parseContainers: SectionParser<'containers'> = (evidence) => {
  const engines = [
    docker(evidence),
    plain(evidence, 'containerd', /^containerd \S+ v?(\d\S*)/m),
    podman(evidence),
    plain(evidence, 'crio', /^(?:crio version |Version:\s*)v?(\d\S*)/m),
  ].filter((engine) => engine !== null);
  return engines.length > 0 ? ok(engines) : absent('No container engine is installed.');
};

function docker(evidence: Evidence): Engine | null {
  const part = evidence.part('docker');
  const running = evidence.runs('dockerd');
  if (!part && !running) return null;
  const parsed = dockerVersion.safeParse(jsonIn(part?.text ?? ''));
  const server = parsed.success ? parsed.data.Server?.Version : undefined;
  // Without permission on its socket the client alone tells its version.
  const client = parsed.success ? parsed.data.Client?.Version : undefined;
  return { engine: 'docker', version: server ?? client ?? null, running: server ? true : running };
}

function plain(evidence: Evidence, name: string, pattern: RegExp): Engine | null {
  const part = evidence.part(name);
  const running = evidence.runs(name);
  if (!part && !running) return null;
  return { engine: name, version: pattern.exec(part?.text ?? '')?.[1] ?? null, running };
}

/** Has no daemon: whether it runs is not a question. */
function podman(evidence: Evidence): Engine | null {
  const part = evidence.part('podman');
  const version = /^podman version (\S+)/m.exec(part?.text ?? '')?.[1];
  return part ? { engine: 'podman', version: version ?? null, running: null } : null;
}
