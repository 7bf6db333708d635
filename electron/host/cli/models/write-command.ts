import { stringify } from 'yaml';
import { fillTemplate } from '../../../../shared/models/container-spec.ts';
import { toCluster } from '../../../../shared/models/to-cluster.ts';
import { toCompose } from '../../../../shared/models/to-compose.ts';
import type { Installation } from '../../installation.ts';
import { readTemplates } from '../../models/index.ts';
import { printFile, printJson, tell } from '../terminal/output.ts';
import { wishFrom } from './wish.ts';

export interface WriteOptions {
  readonly json?: true;
}

export interface ClusterOptions extends WriteOptions {
  readonly namespace: string;
  readonly volume: number;
  readonly gpuResource?: string;
  readonly node?: string;
  readonly tolerate?: readonly string[];
}

async function specOf({ resourcesDirectory }: Installation, wish: string) {
  const { template, choices } = wishFrom(await readTemplates(resourcesDirectory), wish);
  return fillTemplate(template, choices);
}

/** `rackhelm models to-compose`. */
export async function writeCompose(
  installation: Installation,
  wish: string,
  { json }: WriteOptions,
): Promise<void> {
  const file = toCompose(await specOf(installation, wish));
  if (json) printJson(file);
  else printFile(stringify(file));
}

/** `rackhelm models to-cluster`. Warnings go to stderr, so that stdout can be applied as it is. */
export async function writeCluster(
  installation: Installation,
  wish: string,
  options: ClusterOptions,
): Promise<void> {
  const { objects, warnings } = toCluster(await specOf(installation, wish), {
    namespace: options.namespace,
    volumeGib: options.volume,
    gpuResource: options.gpuResource ?? null,
    node: options.node ?? null,
    taints: options.tolerate ?? [],
  });
  if (options.json) {
    printJson({ objects, warnings });
    return;
  }
  for (const warning of warnings) tell(`${warning}\n`);
  printFile(objects.map((object) => stringify(object)).join('---\n'));
}
