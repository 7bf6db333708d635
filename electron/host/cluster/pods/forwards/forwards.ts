import { setTimeout as pause } from 'node:timers/promises';

import type { ObjectName } from '../../../../../shared/cluster/object-page.ts';
import type { PortForward } from '../../../../../shared/cluster/pods/port-forward.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import { newId } from '../../../db/index.ts';
import { resources } from '../../resources.ts';
import { type LastingClient, lastingClient } from '../lasting-client.ts';
import { Forward } from './forward.ts';
import { type PickedPod, pickPod } from './pick-pod.ts';

export interface ForwardsNeeds {
  readonly clientOf: (contextId: string) => KubeClient;
  /** How the cluster of a context is called. */
  readonly clusterOf: (contextId: string) => string;
}

interface Asked extends ObjectName {
  readonly contextId: string;
  readonly port: number;
  readonly localPort: number | null;
}

/** Ports of this computer that lead into clusters, until they are stopped or Rackhelm ends. */
export interface Forwards {
  /** Throws PORT_TAKEN, NOT_FOUND where nobody is there to answer, INVALID_INPUT, KubeError. */
  add(asked: Asked, signal: AbortSignal): Promise<PortForward>;
  list(): PortForward[];
  /** All of them, again each time that something changed. */
  follow(signal: AbortSignal): AsyncGenerator<{ forwards: PortForward[] }, void, void>;
  stop(id: string): void;
  close(): void;
}

const most = 50;
/** How often at most it is told what changed, and how often it is looked at what flows. */
const togetherMs = 500;

type Fixed = Pick<
  PortForward,
  'id' | 'contextId' | 'cluster' | 'kind' | 'namespace' | 'name' | 'port' | 'localPort' | 'openedAt'
>;

export function createForwards({ clientOf, clusterOf }: ForwardsNeeds): Forwards {
  const all = new Map<string, { readonly fixed: Fixed; readonly forward: Forward }>();
  const bells = new Set<() => void>();
  const ring = () => {
    for (const bell of bells) bell();
  };
  const shown = ({ fixed, forward }: { fixed: Fixed; forward: Forward }): PortForward => ({
    ...fixed,
    ...forward.standing,
  });
  const list = () => [...all.values()].map(shown);

  return {
    async add({ contextId, kind, namespace, name, port, localPort }, signal) {
      if (all.size >= most) {
        throw new RackhelmError('INVALID_INPUT', `${most} ports are forwarded already.`, {
          hint: 'Stop one of them first.',
        });
      }
      const client = lastingClient(() => clientOf(contextId));
      const of = { kind, namespace, name };
      // Whoever aims at nothing is told at once, and not by a browser that gets no answer.
      const picked = await pickPod(client, { of, port, before: null }, signal);
      if (kind === 'pods') await seen(client, picked, signal);
      const needs = { client, of, port, localPort, onChange: ring };
      const forward = await Forward.open(needs);
      const id = newId();
      const fixed = {
        ...{ id, contextId, cluster: clusterOf(contextId), kind, name, port },
        ...{ namespace: picked.namespace, localPort: forward.localPort, openedAt: Date.now() },
      };
      const added = { fixed, forward };
      all.set(id, added);
      ring();
      return shown(added);
    },
    list,
    async *follow(signal) {
      let told = '';
      while (!signal.aborted) {
        const forwards = list();
        const now = JSON.stringify(forwards);
        if (now !== told) yield { forwards };
        told = now;
        await pause(togetherMs, undefined, { signal }).catch(() => {});
        // That none is left has to be told as well.
        if (all.size === 0 && told === '[]') await rung(bells, signal);
      }
    },
    stop(id) {
      const found = all.get(id);
      if (found === undefined) {
        throw new RackhelmError('NOT_FOUND', 'This port is not forwarded any more.');
      }
      found.forward.close();
      all.delete(id);
      ring();
    },
    close() {
      for (const { forward } of all.values()) forward.close();
      all.clear();
      ring();
    },
  };
}

/** Who may reach a pod and not read it is not held up by that. */
async function seen(
  client: Pick<LastingClient, 'get'>,
  { namespace, name }: PickedPod,
  signal: AbortSignal,
): Promise<void> {
  try {
    await client.get(resources.pods, { namespace, name }, { signal });
  } catch (error) {
    if (!(error instanceof RackhelmError) || error.code !== 'KUBE_FORBIDDEN') throw error;
  }
}

async function rung(bells: Set<() => void>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  bells.add(resolve);
  signal.addEventListener('abort', () => resolve(), { once: true });
  await promise;
  bells.delete(resolve);
}
