import type { InferClientOutputs } from '@orpc/client';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ShownCheck } from '../../../shared/checks/check.ts';
import type { DraftChange } from '../../../shared/contract/onboarding.ts';
import type { SshAnswer, SshTarget } from '../../../shared/model/ssh.ts';
import type { Draft, DraftMachine, DraftSummary } from '../../../shared/onboarding/draft.ts';
import type { ScannablePrefix } from '../../../shared/onboarding/finding.ts';
import type {
  OffboardingAnswers,
  OffboardingPreview,
} from '../../../shared/onboarding/off-boarding.ts';
import type { Notifier } from '../../app/notify.ts';
import { attempt, commandFailure, type Outcome } from '../../app/outcome.ts';
import type { Client } from '../../rpc/client.ts';
import { type Failure, isAbort, LinkDownError, toFailure } from '../../rpc/failure.ts';
import type { Resource, ResourcePool } from '../../rpc/resource.ts';
import {
  answered,
  beginConnection,
  endConnection,
  type LiveConnection,
  withEvent,
} from './connect/live-connection.ts';
import { createDraftChanges } from './drafts/draft-changes.ts';
import { createScan, type Scan } from './find/scan.ts';
import type { Look } from './looks/look.ts';
import { createLooks, type Looks } from './looks/look-store.ts';

export type DraftMachineFoundBy = DraftMachine['foundBy'];
export interface NewMachine {
  readonly target: SshTarget;
  readonly foundBy: DraftMachineFoundBy;
}
export type Offers = InferClientOutputs<Client>['onboarding']['offers'];
export type Report = InferClientOutputs<Client>['onboarding']['report'];
export type Leases = InferClientOutputs<Client>['onboarding']['leases'];
export type ConfiguredHosts = InferClientOutputs<Client>['onboarding']['configuredHosts'];
export type Roles = InferClientOutputs<Client>['onboarding']['roles'];

interface Accepting {
  readonly reason: string;
  readonly until: number | null;
}

export interface OnboardingState {
  /** Of this window's attempts, by machine. */
  readonly connections: ReadonlyMap<string, LiveConnection>;
  /** The scan of this window, or the last one. */
  readonly scan: Scan | null;
  readonly look: Look | null;
}

/** The drafts live on the host; every change is kept there at once. */
export interface OnboardingStore {
  readonly store: StoreApi<OnboardingState>;
  readonly drafts: Resource<readonly DraftSummary[]>;
  readonly configuredHosts: Resource<ConfiguredHosts>;
  readonly scannable: Resource<readonly ScannablePrefix[]>;
  leases(of: { readonly path: string } | { readonly text: string }): Promise<Outcome<Leases>>;
  /** Only called with the person's consent. */
  beginScan(prefixId: string): Promise<void>;
  endScan(): void;
  readonly looks: Looks;
  /** The approved plan, by its hash. */
  run(id: string, hash: string): Promise<Outcome<{ readonly jobId: string }>>;
  /** The approved plan of mending one thing on a device, by its hash. */
  mend(deviceId: string, hash: string): Promise<Outcome<{ readonly jobId: string }>>;
  report(id: string, format: 'markdown' | 'pdf'): Promise<Outcome<Report>>;
  readonly markdown: (id: string) => Resource<Report>;
  /** The newest results of the checks of one machine, with evidence. */
  results(deviceId: string): Resource<readonly ShownCheck[]>;
  /** Null: it was kept. */
  accept(deviceId: string, check: ShownCheck, what: Accepting): Promise<Failure | null>;
  unaccept(deviceId: string, check: ShownCheck): Promise<void>;
  answersFile(id: string): Promise<Outcome<{ readonly name: string; readonly text: string }>>;
  draft(id: string): Resource<Draft>;
  offers(id: string): Resource<Offers>;
  roles(id: string): Resource<Roles>;
  create(machines: readonly NewMachine[]): Promise<Outcome<Draft>>;
  delete(id: string): Promise<boolean>;
  change(draft: Draft, change: DraftChange): Promise<Outcome<Draft>>;
  /** Reaches these machines, some at once; ends when each was read or failed. */
  connect(draftId: string, machineIds: readonly string[]): Promise<void>;
  answer(machineId: string, answer: SshAnswer): Promise<void>;
  /** What off-boarding a device would do, by these answers. */
  offboarding(deviceId: string, answers: OffboardingAnswers): Resource<OffboardingPreview>;
  offboard(
    deviceId: string,
    answers: OffboardingAnswers,
    hash: string,
  ): Promise<Outcome<{ readonly jobId: string }>>;
  /** Leaves every attempt of this window. */
  leave(): void;
  /** Another window, or the host, changed a draft; null: some came or went. */
  take(id: string | null): void;
}

interface Needs {
  readonly client: Client;
  readonly pool: ResourcePool;
  readonly notify: Notifier;
}

interface OffboardingKey {
  readonly deviceId: string;
  readonly answers: OffboardingAnswers;
}

/** More questions at once than a person can follow help nobody. */
const connectsAtOnce = 4;

export function createOnboardingStore({ client, pool, notify }: Needs): OnboardingStore {
  const store = createStore<OnboardingState>(() => ({
    connections: new Map(),
    scan: null,
    look: null,
  }));
  const drafts = pool.create<readonly DraftSummary[]>((signal) =>
    client.onboarding.drafts(undefined, { signal }),
  );
  const scan = createScan(client, (state) => store.setState({ scan: state }));
  const looks = createLooks(client, {
    get: () => store.getState().look,
    set: (look) => store.setState({ look }),
  });
  const markdown = pool.createKeyed((id, signal) =>
    client.onboarding.report({ id, format: 'markdown' }, { signal }),
  );
  const results = pool.createKeyed<readonly ShownCheck[]>((id, signal) =>
    client.checks.of({ subjectIds: [id] }, { signal }),
  );
  const configuredHosts = pool.create((signal) =>
    client.onboarding.configuredHosts(undefined, { signal }),
  );
  const scannable = pool.create<readonly ScannablePrefix[]>((signal) =>
    client.onboarding.scannable(undefined, { signal }),
  );
  const byId = pool.createKeyed(async (id, signal) =>
    changes.ahead(await client.onboarding.draft({ id }, { signal })),
  );
  const changes = createDraftChanges(client, (draft) =>
    byId(draft.id).store.setState({ status: 'ready', data: draft, stale: null }, true),
  );
  const offers = pool.createKeyed((id, signal) => client.onboarding.offers({ id }, { signal }));
  const roles = pool.createKeyed((id, signal) => client.onboarding.roles({ id }, { signal }));
  const offboarding = pool.createKeyed((key, signal) =>
    // Written by the function of the same name below.
    client.onboarding.offboarding(JSON.parse(key) as OffboardingKey, { signal }),
  );
  let leaving = new AbortController();

  const live = (machineId: string, next: (now: LiveConnection) => LiveConnection) =>
    store.setState(({ connections }) => {
      const now = connections.get(machineId);
      return now === undefined
        ? { connections }
        : { connections: new Map(connections).set(machineId, next(now)) };
    });

  async function follow(id: string, machineId: string, signal: AbortSignal): Promise<void> {
    const attemptId = crypto.randomUUID();
    store.setState(({ connections }) => ({
      connections: new Map(connections).set(machineId, beginConnection(attemptId)),
    }));
    const own = (next: (now: LiveConnection) => LiveConnection) =>
      live(machineId, (now) => (now.attemptId === attemptId ? next(now) : now));
    try {
      const events = await client.onboarding.connect({ id, machineId, attemptId }, { signal });
      for await (const event of events) own((now) => withEvent(now, event));
      own((now) => (now.state === 'ended' ? now : endConnection(now, brokenOff())));
    } catch (error) {
      if (signal.aborted) own((now) => endConnection(now, null));
      else own((now) => endConnection(now, isAbort(error) ? brokenOff() : commandFailure(error)));
    }
    await byId(id).reload();
  }

  async function change(draft: Draft, what: DraftChange): Promise<Outcome<Draft>> {
    const outcome = await changes.send(draft, what);
    // What is shown is not what the host keeps.
    if (!outcome.ok) await byId(draft.id).reload();
    // What is free and what stands in the way follows from the answers.
    else if (what.kind !== 'step') void offers(draft.id).reload();
    if (!outcome.ok) notify.failed(outcome.failure);
    return outcome;
  }

  return {
    store,
    drafts,
    configuredHosts,
    scannable,
    leases: (of) => attempt(client.onboarding.leases(of)),
    beginScan: scan.begin,
    endScan: scan.end,
    looks,
    markdown,
    run: (id, hash) => attempt(client.onboarding.run({ id, hash })),
    mend: (deviceId, hash) => attempt(client.onboarding.mend({ deviceId, hash })),
    report: (id, format) => attempt(client.onboarding.report({ id, format })),
    results,
    async accept(subjectId, { check, part }, what) {
      const outcome = await attempt(client.checks.accept({ check, part, subjectId, ...what }));
      return outcome.ok ? null : outcome.failure;
    },
    async unaccept(subjectId, { check, part }) {
      const outcome = await attempt(client.checks.unaccept({ check, part, subjectId }));
      if (!outcome.ok) notify.failed(outcome.failure);
    },
    answersFile: (id) => attempt(client.onboarding.answers({ id })),
    draft: byId,
    offers,
    roles,
    change,
    async create(machines) {
      const outcome = await attempt(client.onboarding.create({ machines: [...machines] }));
      if (!outcome.ok) notify.failed(outcome.failure);
      void drafts.reload();
      return outcome;
    },
    async delete(id) {
      const outcome = await attempt(client.onboarding.delete({ id }));
      if (!outcome.ok) notify.failed(outcome.failure);
      await drafts.reload();
      return outcome.ok;
    },
    async connect(draftId, machineIds) {
      const { signal } = leaving;
      const waiting = machineIds.filter((id) => {
        const state = store.getState().connections.get(id)?.state;
        return state !== 'connecting' && state !== 'asking';
      });
      const next = async (): Promise<void> => {
        for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
          if (signal.aborted) return;
          await follow(draftId, id, signal);
        }
      };
      await Promise.all(Array.from({ length: connectsAtOnce }, next));
    },
    async answer(machineId, answer) {
      const now = store.getState().connections.get(machineId);
      if (now?.state !== 'asking') return;
      const { attemptId, questionId } = now;
      // First the state: the host may ask the next thing before this call returns.
      live(machineId, (each) => answered(each, questionId));
      try {
        await client.machines.answer({ attemptId, questionId, answer });
      } catch (error) {
        live(machineId, (each) => endConnection(each, commandFailure(error)));
      }
    },
    offboarding: (deviceId, answers) =>
      offboarding(JSON.stringify({ deviceId, answers } satisfies OffboardingKey)),
    offboard: (deviceId, answers, hash) =>
      attempt(client.onboarding.offboard({ deviceId, answers, hash })),
    leave() {
      scan.end();
      looks.leave();
      store.setState({ look: null });
      leaving.abort();
      leaving = new AbortController();
    },
    take(id) {
      if (id !== null) void byId(id).reload();
      void drafts.reload();
    },
  };
}

const brokenOff = () => toFailure(new LinkDownError());
