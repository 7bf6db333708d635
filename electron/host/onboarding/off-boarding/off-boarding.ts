import { createHash } from 'node:crypto';
import type { JobPlan } from '../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../shared/model/errors.ts';
import type {
  OffboardingAnswers,
  OffboardingPreview,
} from '../../../../shared/onboarding/off-boarding.ts';
import { type Database, newId } from '../../db/index.ts';
import type { JobKind, Jobs } from '../../engine/jobs/index.ts';
import { deviceOrThrow } from '../../inventory/index.ts';
import { dependentsOf } from './dependents.ts';
import { type RetireNeeds, retireDevicePhase } from './retire-device.ts';

/** Jobs of a device that are told, the newest first. */
const mostJobs = 100;

export interface OffBoarding {
  /** What leans on a device, what was done to it, and what would be done. Throws NOT_FOUND. */
  preview(input: {
    readonly deviceId: string;
    readonly answers: OffboardingAnswers;
  }): Promise<OffboardingPreview>;
  /** Throws CHANGED_SINCE where that is not what was shown. */
  run(input: {
    readonly deviceId: string;
    readonly answers: OffboardingAnswers;
    readonly hash: string;
    readonly by?: 'window' | 'cli';
  }): Promise<{ jobId: string }>;
}

export interface OffBoardingNeeds extends RetireNeeds {
  readonly jobs: Pick<Jobs, 'register' | 'prepare' | 'start' | 'list'>;
}

/** A device goes: retired, what it held is free, its history stays. Nothing connects to it. */
export function createOffBoarding(needs: OffBoardingNeeds): OffBoarding {
  const { db, jobs } = needs;
  const kind: JobKind = {
    kind: 'offboarding',
    version: 1,
    phases: [retireDevicePhase(needs)],
    afterCrash: 'ask',
    open: async () => null,
  };
  jobs.register(kind);

  async function planOf(deviceId: string, answers: OffboardingAnswers) {
    const { name, status } = deviceOrThrow(db, deviceId);
    if (status === 'retired') {
      throw new RackhelmError('INVALID_INPUT', `${name} is marked as retired already.`);
    }
    const params = { ...answers, token: newId(), deviceId };
    const lane = {
      ...{ lane: deviceId, title: name, deviceId },
      phases: [{ phase: 'retire-device', params }],
    };
    const plan = await jobs.prepare('offboarding', [lane], {
      input: { deviceId },
      signal: new AbortController().signal,
      attended: false,
      ask: async () => ({ kind: 'cancel' }),
      log: () => {},
    });
    const dependents = dependentsOf(db, deviceId, answers);
    return { name, plan, dependents, hash: hashOf(plan, dependents) };
  }

  return {
    async preview({ deviceId, answers }) {
      const { name, plan, dependents, hash } = await planOf(deviceId, answers);
      const { rows } = jobs.list({
        ...{ states: [], kinds: [], search: '', deviceId, offset: 0, limit: mostJobs },
      });
      return {
        deviceId,
        deviceName: name,
        dependents,
        clusters: clustersOf(db, deviceId),
        jobs: rows.map(({ id, title, createdAt, undoable }) => ({
          ...{ id, title, undoable },
          at: createdAt,
        })),
        plan,
        hash,
      };
    },
    async run({ deviceId, answers, hash, by = 'window' }) {
      const { name, plan, hash: now } = await planOf(deviceId, answers);
      if (now !== hash) {
        throw new RackhelmError('CHANGED_SINCE', `${name} is not as it was shown any more.`);
      }
      const job = await jobs.start({
        ...{ kind: 'offboarding', title: `Off-board ${name}`, plan, by },
        input: { deviceId },
        attended: true,
      });
      return { jobId: job.id };
    },
  };
}

/** One way to each cluster that it is a member of. */
function clustersOf({ clusterContexts }: Database, deviceId: string) {
  const ways = new Map(
    clusterContexts
      .list()
      .filter(({ clusterId }) =>
        clusterContexts.members(clusterId).some((member) => member.deviceId === deviceId),
      )
      .map(({ clusterId, clusterName: name, id: contextId }) => [clusterId, { contextId, name }]),
  );
  return [...ways.values()].slice(0, 20);
}

/** Of what a person sees; each plan has a token of its own. */
function hashOf(plan: JobPlan, dependents: OffboardingPreview['dependents']): string {
  const seen = plan.lanes.map(({ phases }) => phases.map(({ items }) => items));
  return createHash('sha256')
    .update(JSON.stringify([seen, dependents]))
    .digest('hex')
    .slice(0, 32);
}
