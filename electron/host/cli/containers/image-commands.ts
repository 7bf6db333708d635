import type { DiskPart } from '../../../../shared/containers/disk.ts';
import type { PruneChoice, PrunePreview } from '../../../../shared/containers/prune.ts';
import { formatBytes } from '../../../../shared/model/amounts.ts';
import type { Installation } from '../../installation.ts';
import { approve } from '../jobs/approve.ts';
import { followToEnd } from '../jobs/job-follow.ts';
import { exitCodeOfJob, jobProblem } from '../jobs/job-text.ts';
import { Exit, exitCodes } from '../run-command.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { interrupt } from '../terminal/terminal-ask.ts';
import { formatTable } from '../terminal/text-table.ts';
import {
  type ContainersSession,
  type EngineOptions,
  engineNamed,
  withContainers,
} from './containers-session.ts';

/** `rackhelm containers pull IMAGE`. */
export function pullImage(
  installation: Installation,
  image: string,
  options: EngineOptions,
): Promise<void> {
  return withContainers(installation, options, async (session) => {
    const { id } = engineNamed(session.containers, options.engine);
    const { jobId } = await session.containers.images.pull(id, image, 'cli');
    await toEnd(session, jobId, options);
  });
}

export interface PruneOptions extends EngineOptions {
  readonly containers?: true;
  readonly images?: true;
  readonly allImages?: true;
  readonly volumes?: true;
  readonly allVolumes?: true;
  readonly buildCache?: true;
  readonly plan?: true;
  readonly yes?: true;
}

/** `rackhelm containers prune`. */
export function pruneEngine(installation: Installation, options: PruneOptions): Promise<void> {
  return withContainers(installation, options, async (session) => {
    const { containers, signal } = session;
    const { id } = engineNamed(containers, options.engine);
    const preview = await containers.images.previewPrune(id, choiceOf(options));
    if (options.plan || preview.items.length === 0) {
      if (options.json) printJson(preview);
      else print(pruneText(preview));
      return;
    }
    if (!options.json) print(pruneText(preview));
    await approve(options, { signal, onInterrupt: interrupt });
    const { jobId } = await containers.images.prune(id, preview.items, 'cli');
    await toEnd(session, jobId, options);
  });
}

function choiceOf(options: PruneOptions): PruneChoice {
  const { containers, images, allImages, volumes, allVolumes, buildCache } = options;
  const any = [containers, images, allImages, volumes, allVolumes, buildCache].some(Boolean);
  return {
    containers: containers === true,
    // What is safest where nothing was said.
    images: allImages ? 'unused' : images || !any ? 'leftover' : 'none',
    volumes: allVolumes ? 'unused' : volumes ? 'unnamed' : 'none',
    buildCache: buildCache === true,
  };
}

async function toEnd(
  { jobs, session, signal }: ContainersSession,
  jobId: string,
  options: EngineOptions,
): Promise<void> {
  const job = await followToEnd(jobs, jobId, {
    ...{ ask: session.ask, signal, onInterrupt: interrupt },
  });
  if (options.json) printJson({ jobId, state: job.state });
  const problem = jobProblem(job);
  if (problem !== null) tell(`${problem}\n`);
  const code = exitCodeOfJob(job);
  if (code !== exitCodes.done) throw new Exit(code);
}

function pruneText({ items, more, bytes }: PrunePreview): string {
  if (items.length === 0) return 'There is nothing that nothing uses.\n';
  const lines = items.map(({ kind, name, bytes: size }) => [kind, name, formatBytes(size)]);
  const rest = more === 0 ? '' : `${more} more stay.\n`;
  return `${formatTable([['KIND', 'NAME', 'SIZE'], ...lines])}${rest}About ${formatBytes(bytes)} would be free again.\n`;
}

/** `rackhelm containers disk`. */
export function showDisk(installation: Installation, options: EngineOptions): Promise<void> {
  return withContainers(installation, options, async ({ containers }) => {
    const { id } = engineNamed(containers, options.engine);
    const disk = await containers.images.disk(id);
    if (options.json) {
      printJson(disk);
      return;
    }
    const line = (name: string, part: DiskPart) => [
      ...[name, String(part.count), String(part.used)],
      ...[formatBytes(part.bytes), formatBytes(part.freeableBytes)],
    ];
    print(
      formatTable([
        ['WHAT', 'COUNT', 'IN USE', 'SIZE', 'UNUSED'],
        line('images', disk.images),
        line('containers', disk.containers),
        line('volumes', disk.volumes),
        line('build cache', disk.buildCache),
      ]),
    );
  });
}
