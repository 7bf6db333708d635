import { accessSync, constants } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  folderOf,
  kineRecipe,
  kubernetesRecipe,
  metricsServerRecipe,
  type Recipe,
} from './recipes.ts';
import { type KubernetesVersion, newestKubernetes } from './versions.ts';

/** Outside of the checkout, so that a fresh clone builds nothing anew. */
export function cacheDirectory(): string {
  const cache = process.env.XDG_CACHE_HOME;
  return path.join(cache ? cache : path.join(os.homedir(), '.cache'), 'rackhelm');
}

export function folder(recipe: Recipe): string {
  return path.join(cacheDirectory(), folderOf(recipe));
}

export function isBuilt(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // what is not there to be run is not built
  }
}

export function missingPrograms(recipe: Recipe): readonly string[] {
  return recipe.programs
    .map(({ name }) => path.join(folder(recipe), name))
    .filter((file) => !isBuilt(file));
}

export interface Programs {
  /** The first word says which: kube-apiserver, kube-controller-manager, kube-scheduler, kubectl, etcd. */
  readonly kubernetes: string;
  readonly kubelet: string;
  readonly kwok: string;
  /** What kwok does with nodes and pods, from its own module. */
  readonly kwokStages: string;
  readonly kine: string;
  readonly metricsServer: string;
}

/** Where each program lies once it is built. kwok and the kubelet are those of the newest version. */
export function programsOf(version: KubernetesVersion = newestKubernetes): Programs {
  const newest = folder(kubernetesRecipe(newestKubernetes));
  return {
    kubernetes: path.join(folder(kubernetesRecipe(version)), 'kubernetes'),
    kubelet: path.join(newest, 'kubelet'),
    kwok: path.join(newest, 'kwok'),
    kwokStages: path.join(newest, 'kwok-stages.yaml'),
    kine: path.join(folder(kineRecipe), 'kine'),
    metricsServer: path.join(folder(metricsServerRecipe), 'metrics-server'),
  };
}
