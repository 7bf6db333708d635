import { z } from 'zod';
import { readMetadata } from '../metadata.ts';
import { type LabelSelector, labelSelector } from '../selector.ts';
import { listOf, part, text, texts } from '../tolerant.ts';
import { hostsIn } from './hosts-in-text.ts';
import type { Mention } from './workload.ts';

export interface CensusService {
  readonly namespace: string;
  readonly name: string;
  /** Labels of the pods behind it; empty: it picks none by labels. */
  readonly picks: Readonly<Record<string, string>>;
}

const service = part({ spec: part({ selector: texts }) });

export function readService(object: unknown): CensusService | null {
  const { name, namespace } = readMetadata(object);
  if (name === '') return null;
  return { name, namespace: namespace ?? '', picks: service.parse(object).spec.selector };
}

export interface CensusNamespace {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
}

export function readNamespace(object: unknown): CensusNamespace | null {
  const { name, labels } = readMetadata(object);
  return name === '' ? null : { name, labels };
}

const peer = z.object({ podSelector: labelSelector, namespaceSelector: labelSelector });
export type PolicyPeer = z.infer<typeof peer>;

const policy = part({
  spec: part({
    podSelector: labelSelector,
    ingress: listOf(z.object({ from: listOf(peer) })),
    egress: listOf(z.object({ to: listOf(peer) })),
  }),
});

export interface CensusPolicy {
  readonly namespace: string;
  readonly name: string;
  /** Pods of its namespace that it is about; null: all. */
  readonly picks: LabelSelector | null;
  /** Pods that may reach them, and that they may reach. */
  readonly from: readonly PolicyPeer[];
  readonly to: readonly PolicyPeer[];
}

export function readPolicy(object: unknown): CensusPolicy | null {
  const { name, namespace } = readMetadata(object);
  if (name === '') return null;
  const { podSelector, ingress, egress } = policy.parse(object).spec;
  return {
    ...{ name, namespace: namespace ?? '', picks: podSelector },
    from: ingress.flatMap((rule) => rule.from),
    to: egress.flatMap((rule) => rule.to),
  };
}

export interface CensusConfigMap {
  readonly namespace: string;
  readonly name: string;
  readonly mentions: readonly Mention[];
}

const mostFiles = 50;
const mostLines = 2_000;
const configMap = part({
  data: z
    .unknown()
    .optional()
    .transform((data) =>
      typeof data === 'object' && data !== null ? Object.entries(data).slice(0, mostFiles) : [],
    ),
});
const assignment = /^\s*["']?([\w.-]{1,100})["']?\s*[:=]\s*["']?(.*?)["']?,?\s*$/;

export function readConfigMap(object: unknown): CensusConfigMap | null {
  const { name, namespace } = readMetadata(object);
  if (name === '') return null;
  const mentions = configMap.parse(object).data.flatMap(([file, content]) =>
    typeof content === 'string'
      ? hostsOfFile(file, content).map((host) => ({
          host,
          where: `the config map ${name} (${text.parse(file)})`,
        }))
      : [],
  );
  return { name, namespace: namespace ?? '', mentions };
}

function hostsOfFile(file: string, content: string): string[] {
  const lines = content.split('\n', mostLines);
  const [only = ''] = lines;
  if (lines.length === 1) return hostsIn(only, file);
  const hosts = lines.flatMap((line) => {
    const [, label = '', value = line] = assignment.exec(line.slice(0, 1_000)) ?? [];
    return [...hostsIn(line), ...hostsIn(value, label)];
  });
  return [...new Set(hosts)];
}
