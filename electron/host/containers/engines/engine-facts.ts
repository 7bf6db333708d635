import { z } from 'zod';
import type { EngineFacts } from '../../../../shared/containers/engine.ts';
import { oneLine } from '../../../../shared/visible-text.ts';
import type { DockerClient } from '../../connections/docker/index.ts';

const word = z
  .string()
  .catch('')
  .transform((text) => oneLine(text.slice(0, 300)));
const count = z.number().catch(0);

/** The parts of /info that are shown; what an engine leaves out or says oddly reads as nothing. */
const info = z.object({
  Name: word,
  OperatingSystem: word,
  KernelVersion: word,
  NCPU: count,
  MemTotal: count,
  Driver: word,
  DockerRootDir: word,
  Containers: count,
  Images: count,
  Runtimes: z.record(z.string(), z.unknown()).catch({}),
  SecurityOptions: z.array(z.string()).catch([]),
  Warnings: z.array(z.string()).nullable().catch([]),
});

const mostWarnings = 20;
const mostRuntimes = 20;

export async function readFacts(client: DockerClient, signal: AbortSignal): Promise<EngineFacts> {
  const about = await client.about(signal);
  const said = info.parse((await client.call({ path: '/info', signal })) ?? {});
  return {
    ...about,
    hostName: said.Name,
    system: said.OperatingSystem,
    kernel: said.KernelVersion,
    cpus: said.NCPU,
    memoryBytes: said.MemTotal,
    storageDriver: said.Driver,
    dataRoot: said.DockerRootDir,
    runtimes: Object.keys(said.Runtimes).slice(0, mostRuntimes).map(oneLine),
    rootless: said.SecurityOptions.some((option) => option.includes('rootless')),
    containers: said.Containers,
    images: said.Images,
    warnings: (said.Warnings ?? [])
      .slice(0, mostWarnings)
      .map((text) => oneLine(text.slice(0, 500))),
  };
}
