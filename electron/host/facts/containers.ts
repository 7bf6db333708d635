import { z } from 'zod';
import type { SectionData } from '../../../shared/model/facts.ts';
import { type Container, dockerContainers, podmanContainers } from './container-list.ts';
import type { Evidence } from './evidence.ts';
import { absent, jsonIn, ok, type SectionParser } from './outcome.ts';

type Engine = SectionData<'containers'>[number];

const side = z.object({ Version: z.string().optional() }).nullish().catch(null);
const component = z.object({ Name: z.string(), Version: z.string() });
const server = z
  .object({ Version: z.string().optional(), Components: z.array(component).optional().catch([]) })
  .nullish()
  .catch(null);
const dockerVersion = z.object({ Client: side, Server: server });

function dockerSays(evidence: Evidence): z.infer<typeof dockerVersion> {
  const parsed = dockerVersion.safeParse(jsonIn(evidence.part('docker')?.text ?? ''));
  return parsed.success ? parsed.data : {};
}

export const parseContainers: SectionParser<'containers'> = (evidence) => {
  const engines = [
    docker(evidence),
    containerd(evidence),
    podman(evidence),
    plain(evidence, 'crio', /^(?:crio version |Version:\s*)v?(\d\S*)/m),
  ].filter((engine) => engine !== null);
  return engines.length > 0 ? ok(engines) : absent('No container engine is installed.');
};

function docker(evidence: Evidence): Engine | null {
  const running = evidence.runs('dockerd');
  if (!evidence.hasTool('docker') && !evidence.part('docker') && !running) return null;
  if (!running && isPodman(evidence)) return null;
  const { Client, Server } = dockerSays(evidence);
  // Without permission on its socket the client alone tells its version.
  const plainly = /^Docker version v?(\d[^\s,]{0,60})/m.exec(
    evidence.part('docker-plain')?.text ?? '',
  )?.[1];
  const version = Server?.Version ?? Client?.Version ?? plainly ?? null;
  if (version === null && evidence.part('docker')?.end === 0) evidence.doubt('docker');
  const state = { engine: 'docker', version, running: Server?.Version ? true : running };
  return withContainers(state, dockerContainers(evidence));
}

function withContainers(engine: Engine, containers: Container[] | undefined): Engine {
  return containers === undefined ? engine : { ...engine, containers };
}

/** Some systems call podman so as well; it says that, or has podman's version and no server. */
function isPodman(evidence: Evidence): boolean {
  if (/Emulate Docker CLI using podman/i.test(evidence.part('docker')?.text ?? '')) return true;
  const { Client, Server } = dockerSays(evidence);
  const version = podman(evidence)?.version;
  return !Server && version !== undefined && version !== null && Client?.Version === version;
}

/** A docker that answered has told of its containerd, which then is not asked itself. */
function containerd(evidence: Evidence): Engine | null {
  const asked = plain(evidence, 'containerd', /^containerd \S+ v?(\d\S*)/m);
  const components = dockerSays(evidence).Server?.Components ?? [];
  const told = components.find(({ Name }) => Name === 'containerd')?.Version.replace(/^v/, '');
  if (!asked && !told) return null;
  const running = evidence.runs('containerd');
  return { engine: 'containerd', version: asked?.version ?? told ?? null, running };
}

function plain(evidence: Evidence, name: string, pattern: RegExp): Engine | null {
  const part = evidence.part(name);
  const running = evidence.runs(name);
  if (!part && !evidence.hasTool(name) && !running) return null;
  return { engine: name, version: pattern.exec(part?.text ?? '')?.[1] ?? null, running };
}

/** Has no daemon: whether it runs is not a question. */
function podman(evidence: Evidence): Engine | null {
  const part = evidence.part('podman');
  const version = /^podman version (\S+)/m.exec(part?.text ?? '')?.[1];
  if (!part) return null;
  const engine = { engine: 'podman', version: version ?? null, running: null };
  return withContainers(engine, podmanContainers(evidence));
}
