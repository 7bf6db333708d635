import { expect } from 'vitest';
import type { Standing } from '../../../../../shared/jobs/plan.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { Phase, PhaseContext } from '../../jobs/index.ts';
import type { HeldMachine } from '../../machines/index.ts';
import type { TrialNode } from './trial-node.ts';

export interface Trial<P, S> {
  readonly phase: Phase<P, S>;
  readonly params: P;
  /** A node that lacks what the phase does; called for each run. */
  readonly node: () => TrialNode;
}

const deeds = [
  'run',
  'readFile',
  'writeFile',
  'deleteFile',
  'reboot',
  'freshLogin',
  'checkLock',
  'moveTo',
];

/** A machine whose n-th call fails: before it did anything, or done with its answer lost. */
function breakingAt(machine: HeldMachine, at: number, when: 'before' | 'after') {
  let calls = 0;
  const lost = () => new RackhelmError('SSH_CONNECTION_LOST', 'The connection was lost.');
  const broken = new Proxy(machine, {
    get(target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value !== 'function') return value;
      return async (...args: unknown[]) => {
        const counts = deeds.includes(String(name));
        if (counts) calls += 1;
        if (counts && calls === at && when === 'before') throw lost();
        const result: unknown = await Reflect.apply(value, target, args);
        if (counts && calls === at) throw lost();
        return result;
      };
    },
  });
  return { machine: broken, calls: () => calls };
}

export function contextOf(machine: HeldMachine): PhaseContext {
  return {
    machine,
    signal: new AbortController().signal,
    jobId: '0190a000-0000-7000-8000-000000000000',
    lane: 'lane',
    log: () => {},
    progress: () => {},
    ask: async () => {
      throw new Error('Nobody is there to answer.');
    },
  };
}

/** Probe, plan, save, apply, probe, undo, probe: as the runner does, with nothing in its way. */
export async function runsThrough<P, S>({ phase, params, node: make }: Trial<P, S>) {
  const node = make();
  const context = contextOf(node.machine);
  const before = node.picture();
  const probed = await phase.probe(context, params);
  expect(probed.standing, probed.found).toMatch(/absent|partly/);
  const items = await phase.plan(context, params, probed);
  const saved = phase.saved.parse(JSON.parse(JSON.stringify(await phase.save(context, params))));
  expect(node.picture(), 'probe, plan and save change nothing').toBe(before);
  await phase.apply(context, params, saved);
  const after = await phase.probe(context, params);
  expect(after.standing, after.found).toBe('present');
  const applied = node.picture();
  await phase.apply(context, params, saved);
  expect(node.picture(), 'applied twice is applied once').toBe(applied);
  if (phase.lasting(params) === null) {
    await phase.undo(context, params, saved);
    expect((await phase.probe(context, params)).standing).toBe(probed.standing);
    expect(node.picture(), 'undo brings all back').toBe(before);
    await phase.undo(context, params, saved);
    expect(node.picture()).toBe(before);
  }
  return { node, items, applied, probed };
}

/**
 * Breaks off apply, then undo, at each of their calls; then it goes on, or is undone: both have to come
 * out right. Gives back how many breaks were tried.
 */
export async function standsEveryBreak<P, S>(trial: Trial<P, S>): Promise<number> {
  let breaks = 0;
  for (const deed of ['apply', 'undo'] as const) {
    for (const when of ['before', 'after'] as const) {
      for (let at = 1; ; at += 1) {
        const broke = await breakOff(trial, { deed, at, when });
        if (!broke) break;
        breaks += 1;
        if (at > 200) throw new Error('This phase never ends.');
      }
    }
  }
  return breaks;
}

interface Break {
  readonly deed: 'apply' | 'undo';
  readonly at: number;
  readonly when: 'before' | 'after';
}

/** False where the deed came to its end before the break. */
async function breakOff<P, S>(trial: Trial<P, S>, { deed, at, when }: Break): Promise<boolean> {
  const { phase, params } = trial;
  if (deed === 'undo' && phase.lasting(params) !== null) return false;
  let broke = false;
  const ways = deed === 'apply' ? (['goes on', 'is undone'] as const) : (['is undone'] as const);
  for (const then of ways) {
    const node = trial.node();
    const before = node.picture();
    const context = contextOf(node.machine);
    const began = (await phase.probe(context, params)).standing;
    const saved = await phase.save(context, params);
    if (deed === 'undo') await phase.apply(context, params, saved);
    const { machine, calls } = breakingAt(node.machine, at, when);
    await phase[deed](contextOf(machine), params, saved).catch(() => {});
    broke = calls() >= at;
    const where = `${deed} broken ${when} call ${at}, then ${then}`;
    const left = { ...trial, context, saved, where };
    const kept = then === 'goes on' ? await goesOn(left) : saved;
    await isUndone({ ...left, saved: kept, began });
    if (phase.lasting(params) === null) expect(node.picture(), where).toBe(before);
  }
  return broke;
}

interface Left<P, S> extends Trial<P, S> {
  readonly context: PhaseContext;
  readonly saved: S;
  readonly where: string;
}

/** As the runner goes on: what stands in parts is not what was there before, so nothing is saved anew. */
async function goesOn<P, S>({ phase, params, context, saved, where }: Left<P, S>): Promise<S> {
  const { standing } = await phase.probe(context, params);
  const kept = standing === 'absent' ? await phase.save(context, params) : saved;
  if (standing !== 'present') await phase.apply(context, params, kept);
  expect((await phase.probe(context, params)).standing, where).toBe('present');
  return kept;
}

/** As the runner undoes: where the probe says absent, nothing of it may stand, and nothing is called. */
async function isUndone<P, S>(left: Left<P, S> & { readonly began: Standing }): Promise<void> {
  const { phase, params, context, saved, where, began } = left;
  if (phase.lasting(params) !== null) return;
  const { standing } = await phase.probe(context, params);
  if (standing === 'absent') return;
  await phase.undo(context, params, saved);
  expect((await phase.probe(context, params)).standing, where).toBe(began);
}
