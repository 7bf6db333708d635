import type {
  AnyPhase,
  JobKind,
  LookContext,
  PhaseContext,
  WantedLane,
} from '../../../electron/host/engine/jobs/index.ts';
import type { HeldMachine, Machine } from '../../../electron/host/engine/machines/index.ts';

/** Where a step can be met by the end of its process, in the order in which a step passes them. */
export const forwards = [
  /** It is looked at. */
  'looking',
  /** What undo needs was read, and is not in the journal. */
  'saved',
  /** In the journal; nothing was changed. */
  'begun',
  /** After one of several changes, or of one; which one is said beside it. */
  'middle',
  /** While the machine is at it: what was asked goes on there without us. */
  'inside',
  'applied',
  /** The probe said so, the journal not yet. */
  'confirmed',
  /** In the journal, not synced. */
  'done',
] as const;
export const backwards = [
  'undo-looking',
  'undo-begun',
  'undo-middle',
  'undo-inside',
  'undo-applied',
  'undone',
] as const;
export type Point = (typeof forwards)[number] | (typeof backwards)[number];

export interface Deadly {
  /** Step, counted over all lanes from 0. */
  readonly step: number;
  readonly point: Point;
  /** Of the calls to the machine, from 1, which `middle` and `inside` mean. Default 1. */
  readonly call?: number;
  readonly die: () => void;
  /** Told when a step was just written to disk as begun or as being undone. */
  readonly onSynced: () => void;
}

/** The kind, with phases that end the process at one point of one step. */
export function deadly(kind: JobKind, lanes: readonly WantedLane[], deed: Deadly): JobKind {
  const steps = lanes.flatMap(({ lane, phases }) =>
    phases.map(({ phase, params }) => {
      const parsed = kind.phases.find(({ id }) => id === phase)?.params.parse(params);
      return keyOf({ lane, phase, params: parsed });
    }),
  );
  let [previous, undoing] = [-1, false];
  const at = (step: number, point: Point) => {
    if (step === deed.step && point === deed.point) deed.die();
  };
  /** What comes after a step shows that its end was written. */
  const arrive = (step: number) => {
    if (previous !== step && previous !== -1) at(previous, undoing ? 'undone' : 'done');
    previous = step;
  };

  const wrap = (phase: AnyPhase): AnyPhase => {
    // While a plan is made there is no lane yet, and no step.
    const stepOf = (context: LookContext, params: unknown) =>
      'lane' in context
        ? steps.indexOf(keyOf({ lane: context.lane, phase: phase.id, params }))
        : -1;
    const changed = new Set<number>();
    const during = (context: PhaseContext, step: number, undo: 'undo-' | ''): PhaseContext => {
      const isAt = (part: 'middle' | 'inside') => (call: number) => {
        if (call === (deed.call ?? 1)) at(step, `${undo}${part}`);
      };
      return withMachine(context, { inside: isAt('inside'), after: isAt('middle') });
    };
    return {
      ...phase,
      async probe(context: LookContext, params: unknown) {
        const step = stepOf(context, params);
        if (step === -1) return await phase.probe(context, params);
        arrive(step);
        if (undoing) at(step, 'undo-looking');
        else if (!changed.has(step)) at(step, 'looking');
        const found = await phase.probe(context, params);
        if (changed.has(step) && !undoing) at(step, 'confirmed');
        return found;
      },
      async save(context: PhaseContext, params: unknown) {
        const saved = await phase.save(context, params);
        at(stepOf(context, params), 'saved');
        return saved;
      },
      async apply(context: PhaseContext, params: unknown, saved: unknown) {
        const step = stepOf(context, params);
        if (step === deed.step) deed.onSynced();
        at(step, 'begun');
        await phase.apply(during(context, step, ''), params, saved);
        changed.add(step);
        at(step, 'applied');
      },
      async undo(context: PhaseContext, params: unknown, saved: unknown) {
        const step = stepOf(context, params);
        if (step === deed.step) deed.onSynced();
        at(step, 'undo-begun');
        await phase.undo(during(context, step, 'undo-'), params, saved);
        at(step, 'undo-applied');
      },
    };
  };
  return {
    ...kind,
    phases: kind.phases.map(wrap),
    async ended(job) {
      at(previous, undoing ? 'undone' : 'done');
      // From now on it is undone.
      [previous, undoing] = [-1, true];
      return (await kind.ended?.(job)) ?? { report: null };
    },
  };
}

interface Named {
  readonly lane: unknown;
  readonly phase: string;
  readonly params: unknown;
}

function keyOf({ lane, phase, params }: Named): string {
  return `${lane} ${phase} ${JSON.stringify(params)}`;
}

const changing: readonly string[] = ['run', 'writeFile', 'deleteFile', 'reboot', 'moveTo'];
/** So that a script has begun there, and seldom ended. */
const insideMs = 4;

interface During {
  readonly inside: (call: number) => void;
  readonly after: (call: number) => void;
}

const behind = new WeakMap<Machine, Machine>();

/** The machine as whoever opened it knows it, and not as a phase sees it here. */
export const machineBehind = (machine: Machine): Machine => behind.get(machine) ?? machine;

/** Tells of the calls to the machine that may change something, while they run and after them. */
function withMachine(context: PhaseContext, { inside, after }: During): PhaseContext {
  let calls = 0;
  return new Proxy(context, {
    get(target, name) {
      if (name !== 'machine') return Reflect.get(target, name, target);
      const seen = new Proxy(target.machine, {
        get: (machine, method: keyof HeldMachine) => {
          const value = Reflect.get(machine, method, machine);
          if (typeof value !== 'function') return value;
          if (!changing.includes(method)) return value.bind(machine);
          return async (...words: unknown[]) => {
            calls += 1;
            const call = calls;
            const timer = setTimeout(inside, insideMs, call);
            const answer: unknown = await Reflect.apply(value, machine, words);
            clearTimeout(timer);
            after(call);
            return answer;
          };
        },
      });
      behind.set(seen, target.machine);
      return seen;
    },
  });
}
