import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import {
  type KubernetesVersion,
  kineVersion,
  kwokVersion,
  metricsServerVersion,
  newestKubernetes,
} from './versions.ts';

interface Program {
  readonly name: string;
  /** Its package; one that begins with `./` is ours. */
  readonly package: string;
}

/** What is built together, as one Go module. */
export interface Recipe {
  readonly name: string;
  readonly version: string;
  readonly requires: readonly (readonly [module: string, version: string])[];
  /** All parts of Kubernetes are to be taken from this one, whatever the modules ask for. */
  readonly kubernetes: KubernetesVersion | null;
  /** Whether a program of it is ours, in go/. */
  readonly ours: boolean;
  /** In the order in which they are wanted. */
  readonly programs: readonly Program[];
}

const ourMain = './kubernetes';

export function sourceText(): string {
  return readFileSync(path.join(import.meta.dirname, 'go', 'kubernetes.go'), 'utf8');
}

const kubernetesProgram = { name: 'kubernetes', package: ourMain };

function kubernetes(version: KubernetesVersion): Recipe {
  const newest = version === newestKubernetes;
  return {
    name: 'kubernetes',
    version,
    requires: [
      ['k8s.io/kubernetes', `v${version}`],
      ...(newest ? [['sigs.k8s.io/kwok', `v${kwokVersion}`] as const] : []),
    ],
    kubernetes: version,
    ours: true,
    programs: newest
      ? [
          kubernetesProgram,
          // With Kubernetes itself, most of whose packages it uses: half of its own build is saved.
          { name: 'kwok', package: 'sigs.k8s.io/kwok/cmd/kwok' },
          { name: 'kubelet', package: 'k8s.io/kubernetes/cmd/kubelet' },
        ]
      : [kubernetesProgram],
  };
}

export function kubernetesRecipe(version: KubernetesVersion): Recipe {
  return kubernetes(version);
}

export const kineRecipe: Recipe = {
  name: 'kine',
  version: kineVersion,
  requires: [['github.com/k3s-io/kine', `v${kineVersion}`]],
  kubernetes: null,
  ours: false,
  programs: [{ name: 'kine', package: 'github.com/k3s-io/kine' }],
};

export const metricsServerRecipe: Recipe = {
  name: 'metrics-server',
  version: metricsServerVersion,
  requires: [
    ...kubernetes(newestKubernetes).requires,
    ['sigs.k8s.io/metrics-server', `v${metricsServerVersion}`],
  ],
  // It asks for an older one, which would have to be built besides, as would what that requires.
  kubernetes: newestKubernetes,
  ours: false,
  programs: [{ name: 'metrics-server', package: 'sigs.k8s.io/metrics-server/cmd/metrics-server' }],
};

/** Its folder in the cache: another recipe has another folder, so nothing stale is ever run. */
export function folderOf(recipe: Recipe): string {
  const script = readFileSync(
    path.join(import.meta.dirname, 'scripts', 'build-program.sh'),
    'utf8',
  );
  const hash = createHash('sha256')
    .update(JSON.stringify([recipe, script, recipe.ours ? sourceText() : '']))
    .digest('hex');
  return `${recipe.name}-${recipe.version}-${hash.slice(0, 8)}`;
}
