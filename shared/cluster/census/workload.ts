import { z } from 'zod';
import { keyOf, readMetadata } from '../metadata.ts';
import { quantities } from '../quantity.ts';
import { listOf, optionalPart, optionalWhole, part, text, texts } from '../tolerant.ts';
import { hostsIn } from './hosts-in-text.ts';
import { type Placement, placementFields, placementOf } from './placement.ts';

/** Kinds that a person means by a workload. */
export const workloadKinds = ['Deployment', 'StatefulSet', 'DaemonSet', 'CronJob'] as const;
export type WorkloadKind = (typeof workloadKinds)[number];

const named = optionalPart({ name: text });
const variable = z.object({
  name: text,
  value: text,
  valueFrom: part({ configMapKeyRef: optionalPart({ name: text, key: text }) }),
});
const container = z.object({
  name: text,
  image: text,
  args: listOf(z.string().max(4_000)),
  command: listOf(z.string().max(4_000)),
  env: listOf(variable),
  envFrom: listOf(part({ configMapRef: named })),
  resources: part({ requests: quantities, limits: quantities }),
});
const volume = part({
  configMap: named,
  projected: part({ sources: listOf(part({ configMap: named })) }),
});

const template = part({
  metadata: part({ labels: texts }),
  spec: part({
    ...placementFields,
    containers: listOf(container),
    initContainers: listOf(container),
    volumes: listOf(volume),
  }),
});

const schema = part({ spec: part({ replicas: optionalWhole, template }) });
const cron = part({
  spec: part({ jobTemplate: part({ spec: part({ template }) }) }),
});

/** A name of a machine in what configures a workload, and where it stands. Never the text around it. */
export interface Mention {
  readonly host: string;
  /** `DATABASE_URL`, `an argument`, `the config map web (app.conf)`. */
  readonly where: string;
}

export interface CensusWorkload {
  /** `Deployment shop/web`. */
  readonly key: string;
  readonly kind: WorkloadKind;
  readonly namespace: string;
  readonly name: string;
  /** Of its pods. */
  readonly labels: Readonly<Record<string, string>>;
  /** Null: as many as there are nodes or turns. */
  readonly replicas: number | null;
  readonly images: readonly string[];
  readonly placement: Placement;
  /** Cores and bytes of one pod; null: nothing is asked for. */
  readonly asks: { readonly cpu: number | null; readonly memory: number | null };
  readonly limits: { readonly cpu: number | null; readonly memory: number | null };
  readonly mentions: readonly Mention[];
  /** Config maps that configure it, whose texts count as well. */
  readonly configMaps: readonly string[];
}

/** Null of what has no name. Never throws. */
export function readWorkload(kind: WorkloadKind, object: unknown): CensusWorkload | null {
  const metadata = readMetadata(object);
  if (metadata.name === '') return null;
  const isCron = kind === 'CronJob';
  const { replicas } = schema.parse(object).spec;
  const made = isCron
    ? cron.parse(object).spec.jobTemplate.spec.template
    : schema.parse(object).spec.template;
  const { containers, initContainers, volumes } = made.spec;
  const all = [...initContainers, ...containers];
  const perNode = kind === 'DaemonSet' || isCron;
  return {
    key: `${kind} ${keyOf(metadata)}`,
    kind,
    namespace: metadata.namespace ?? '',
    name: metadata.name,
    labels: made.metadata.labels,
    replicas: perNode ? null : (replicas ?? 1),
    images: [...new Set(all.map(({ image }) => image).filter((image) => image !== ''))],
    placement: placementOf(made.spec),
    asks: sumOf(containers, 'requests'),
    limits: sumOf(containers, 'limits'),
    mentions: all.flatMap(mentionsOf),
    configMaps: configMapsOf(all, volumes),
  };
}

type Container = z.infer<typeof container>;

function sumOf(
  containers: readonly Container[],
  part: 'requests' | 'limits',
): CensusWorkload['asks'] {
  const sum = (name: string) => {
    const told = containers.flatMap(({ resources }) => resources[part][name] ?? []);
    return told.length === 0 ? null : told.reduce((all, one) => all + one, 0);
  };
  return { cpu: sum('cpu'), memory: sum('memory') };
}

function mentionsOf({ env, args, command }: Container): Mention[] {
  const ofVariables = env.flatMap(({ name, value }) =>
    hostsIn(value, name).map((host) => ({ host, where: name })),
  );
  const ofArguments = [...command, ...args]
    .flatMap((text) => hostsIn(text))
    .map((host) => ({ host, where: 'an argument' }));
  return [...ofVariables, ...ofArguments];
}

function configMapsOf(
  containers: readonly Container[],
  volumes: readonly z.infer<typeof volume>[],
): string[] {
  const names = [
    ...containers.flatMap(({ env, envFrom }) => [
      ...env.map(({ valueFrom }) => valueFrom.configMapKeyRef?.name),
      ...envFrom.map(({ configMapRef }) => configMapRef?.name),
    ]),
    ...volumes.flatMap(({ configMap, projected }) => [
      configMap?.name,
      ...projected.sources.map((source) => source.configMap?.name),
    ]),
  ];
  return [...new Set(names.flatMap((name) => name || []))];
}
