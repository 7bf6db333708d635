import type { ReadingSource } from '../../../shared/model/readings.ts';
import type { ReadableDevice, ReadingScope } from '../db/index.ts';
import type { AnyPhase, JobKind, Jobs, NewJobRequest } from '../engine/jobs/index.ts';
import {
  createRefreshPhase,
  type RefreshParams,
  type RefreshPhaseOptions,
  titleOf,
} from './refresh-phase.ts';

export interface StartedRefresh {
  /** Null: nothing runs, since none of them has an SSH host. */
  readonly jobId: string | null;
  readonly devices: number;
  readonly withoutSsh: number;
}

const version = 1;

/** Jobs that read many devices; one that was broken off goes on by itself. */
export function createRefreshKind(options: RefreshPhaseOptions): JobKind {
  const phase: AnyPhase = createRefreshPhase(options);
  return { kind: 'refresh', version, phases: [phase], afterCrash: 'resume' };
}

/** A refresh of these devices as it is started; they are found anew when it runs. */
export function refreshRequest(
  devices: readonly ReadableDevice[],
  params: RefreshParams,
): Pick<NewJobRequest, 'title' | 'plan' | 'input'> {
  const title = titleOf(devices, params.source);
  const found = 'They were not read yet.';
  const [only] = devices.length === 1 ? devices : [];
  return {
    title,
    input: null,
    plan: {
      version,
      lanes: [
        {
          lane: 'refresh',
          title: only?.name ?? title,
          deviceId: only?.id ?? null,
          after: [],
          phases: [
            {
              phase: 'refresh',
              title,
              params,
              probed: { standing: 'absent', found, evidence: [] },
              items: [],
              lasting: 'What was observed stays.',
            },
          ],
        },
      ],
    },
  };
}

/** Refreshes of many, as jobs. */
export interface RefreshRuns {
  /** Returns once the job is in the journal. */
  start(scope: RefreshParams['scope'], source: ReadingSource): Promise<StartedRefresh>;
}

export interface RefreshRunsOptions {
  readonly jobs: Pick<Jobs, 'start'>;
  readonly devicesOf: (scope: ReadingScope) => readonly ReadableDevice[];
}

export function createRefreshRuns({ jobs, devicesOf }: RefreshRunsOptions): RefreshRuns {
  return {
    async start(scope, source) {
      const devices = devicesOf(scope);
      const readable = devices.filter(({ sshHost }) => sshHost !== null && sshHost !== '');
      const counts = { devices: readable.length, withoutSsh: devices.length - readable.length };
      if (readable.length === 0) return { jobId: null, ...counts };
      const params = { scope, source, since: Date.now(), everyMs: null };
      const request = refreshRequest(readable, params);
      const job = await jobs.start({ ...request, kind: 'refresh', by: 'window', attended: false });
      return { jobId: job.id, ...counts };
    },
  };
}
