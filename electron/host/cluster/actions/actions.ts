import { setTimeout as pause } from 'node:timers/promises';
import type { ClusterAction } from '../../../../shared/cluster/actions/action.ts';
import type {
  ActionDone,
  ActionPreview,
  EditableObject,
  Revision,
} from '../../../../shared/cluster/actions/preview.ts';
import { kindId } from '../../../../shared/cluster/custom/custom-kind.ts';
import type { ObjectName } from '../../../../shared/cluster/object-page.ts';
import { said } from '../../../../shared/cluster/status.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import { type KubeClient, KubeError } from '../../connections/kubernetes/index.ts';
import type { Database } from '../../db/index.ts';
import { type LookedUpJobs, otherWork } from '../drain/index.ts';
import { isCalled } from '../kind-called.ts';
import { type Acting, hashOf, type Looked } from './acting.ts';
import { lookAtCordon } from './cordon.ts';
import { lookAtDebug } from './debug.ts';
import { lookAtDelete } from './delete.ts';
import { editable, lookAtEdit } from './edit.ts';
import { lookAtRestart } from './restart.ts';
import { historyOf, shownRevisions } from './revisions.ts';
import { lookAtRollBack } from './roll-back.ts';
import { lookAtRunNow } from './run-now.ts';
import { lookAtScale } from './scale.ts';
import { ServedKinds } from './served-kinds.ts';

export interface ActionsNeeds {
  readonly db: Pick<Database, 'clusterContexts'>;
  readonly clientOf: (contextId: string) => KubeClient;
  readonly jobs: LookedUpJobs;
}

interface Asked {
  readonly contextId: string;
  readonly action: ClusterAction;
}

/** What a person does to single objects of a cluster. Throws KubeError, NOT_FOUND, INVALID_INPUT. */
export interface Actions {
  /** Tried by the API, and not done. */
  preview(asked: Asked, signal: AbortSignal): Promise<ActionPreview>;
  /** Throws CHANGED_SINCE where that is not what was shown, KUBE_CONFLICT where others manage fields. */
  run(asked: Asked & { readonly hash: string }, signal: AbortSignal): Promise<ActionDone>;
  revisions(
    asked: ObjectName & { readonly contextId: string },
    signal: AbortSignal,
  ): Promise<{ revisions: Revision[] }>;
  editable(
    asked: ObjectName & { readonly contextId: string },
    signal: AbortSignal,
  ): Promise<EditableObject>;
  /** Which kind people call so: `deploy`, `Pod`. Throws NOT_FOUND. */
  kindCalled(
    contextId: string,
    name: string,
    signal: AbortSignal,
  ): Promise<{ readonly kind: string; readonly namespaced: boolean }>;
}

/** Whatever is written at the same moment by others: it is looked at again. */
const mostTries = 8;
const betweenMs = 100;
const mostConflicts = 50;

export function createActions({ db, clientOf, jobs }: ActionsNeeds): Actions {
  const served = new ServedKinds();
  function acting(contextId: string, signal: AbortSignal): Acting {
    const context = db.clusterContexts.get(contextId);
    if (context === undefined) {
      throw new RackhelmError('NOT_FOUND', 'This context is not saved any more.');
    }
    const client = clientOf(contextId);
    const typeOf: Acting['typeOf'] = async (kind) => {
      const found = await served.find(contextId, client, (type) => kindId(type) === kind);
      if (found === undefined) throw noKind(kind);
      return found;
    };
    const underWay = () => otherWork(jobs, context.clusterId, null).map(({ title }) => title);
    return { client, where: context.clusterName, typeOf, signal, underWay };
  }

  return {
    async preview({ contextId, action }, signal) {
      const looked = await again(() => lookAt(acting(contextId, signal), action), signal);
      const { title, items, conflicts = [], undo } = looked;
      return {
        ...{ title, undo, hash: hashOf(looked) },
        items: items.slice(0, 200),
        conflicts: conflicts.slice(0, mostConflicts),
      };
    },
    run: async ({ contextId, action, hash }, signal) =>
      await again(async () => {
        const looked = await lookAt(acting(contextId, signal), action);
        if (hashOf(looked) !== hash) {
          throw new RackhelmError('CHANGED_SINCE', 'It is not as it was shown any more.');
        }
        refuseConflicts(looked);
        return await looked.act();
      }, signal),
    async revisions({ contextId, ...which }, signal) {
      const history = await historyOf(acting(contextId, signal), which);
      return { revisions: shownRevisions(history) };
    },
    editable: async ({ contextId, ...which }, signal) =>
      await editable(acting(contextId, signal), which),
    async kindCalled(contextId, name, signal) {
      const { client } = acting(contextId, signal);
      const found = await served.find(contextId, client, (type) => isCalled(type, name));
      if (found === undefined) throw noKind(name);
      return { kind: kindId(found), namespaced: found.namespaced };
    },
  };
}

/** Once more where something wrote to the object between our look and our word, as controllers do. */
async function again<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      const isRace = error instanceof KubeError && error.reason === 'Conflict';
      if (!isRace || tries === mostTries) throw error;
      await pause(betweenMs, undefined, { signal });
    }
  }
}

function refuseConflicts({ conflicts = [] }: Looked): void {
  if (conflicts.length === 0) return;
  const told = conflicts.slice(0, 5).map(({ field, who }) => `${field} is managed by ${who}`);
  throw new KubeError('KUBE_CONFLICT', `Others manage what would be changed: ${told.join('; ')}.`, {
    hint: 'Change it where they take it from, or force it, which makes it yours.',
  });
}

function lookAt(acting: Acting, action: ClusterAction): Promise<Looked> {
  switch (action.do) {
    case 'cordon':
    case 'uncordon':
      return lookAtCordon(acting, action);
    case 'scale':
      return lookAtScale(acting, action);
    case 'restart':
      return lookAtRestart(acting, action);
    case 'roll-back':
      return lookAtRollBack(acting, action);
    case 'delete':
      return lookAtDelete(acting, action);
    case 'edit':
      return lookAtEdit(acting, action);
    case 'run-now':
      return lookAtRunNow(acting, action);
    case 'debug':
      return lookAtDebug(acting, action);
  }
}

function noKind(name: string): RackhelmError {
  return new RackhelmError('NOT_FOUND', `This cluster has no kind ${said(name)}.`);
}
