import type { Census, Steps } from '../census/census.ts';
import type { CensusWorkload } from '../census/workload.ts';
import type { Declared, DeclaredService } from './declared.ts';
import { type Drift, driftOf } from './drift-line.ts';
import { guessDependencies } from './guess-dependencies.ts';
import { isOfTheCluster, serviceName } from './workload-names.ts';

/** Dependencies that configuration and network policies speak of and nobody declared. */
export function* compareDependencies(
  census: Census,
  { cluster, dismissed }: Declared,
  services: ReadonlyMap<string, DeclaredService>,
): Steps<Drift[]> {
  const byKey = new Map(census.workloads.map((workload) => [workload.key, workload]));
  const lines: Drift[] = [];
  for (const { from, to, evidence } of yield* guessDependencies(census)) {
    yield;
    const [needing, needed] = [byKey.get(from), byKey.get(to)];
    if (needing === undefined || needed === undefined) continue;
    if (isOfTheCluster(needing) || isOfTheCluster(needed)) continue;
    const [own, other] = [services.get(from), services.get(to)];
    if (own !== undefined && other !== undefined && own.needs.includes(other.id)) continue;
    const [name, needs] = [own?.name ?? serviceName(needing), other?.name ?? serviceName(needed)];
    const missing = [own === undefined ? name : null, other === undefined ? needs : null];
    const isReady = own !== undefined && other !== undefined;
    const line = driftOf(
      'dependencies',
      `cluster/${cluster.id}/dependency/${shortKey(needing)}/${shortKey(needed)}`,
      {
        ...{ about: 'dependency', label: 'Needs', subject: name, cluster: needs },
        service: own === undefined ? null : { id: own.id, name: own.name },
        evidence: [...evidence],
        fix: `Say that ${name} needs ${needs}`,
        advice: isReady
          ? null
          : `Add ${missing.filter((one) => one !== null).join(' and ')} as a service first, or with it.`,
        action: { do: 'add-dependency', from, to },
      },
      dismissed,
    );
    lines.push(line);
  }
  return lines;
}

const shortKey = ({ kind, namespace, name }: CensusWorkload) => `${kind}.${namespace}.${name}`;
