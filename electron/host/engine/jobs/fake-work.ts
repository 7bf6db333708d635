import { z } from 'zod';
import type { JobPlan, Standing } from '../../../../shared/jobs/plan.ts';
import type { JobKind } from './job-kind.ts';
import type { Phase, PhaseContext } from './phase.ts';

/** For tests: what stands where, and every deed in its order. */
export class FakeWork {
  readonly standing = new Map<string, Standing>();
  readonly deeds: string[] = [];
  /** Called at `probe`, `save`, `apply` and `undo` of a thing; what it throws the phase throws. */
  onDeed: (deed: string, context: PhaseContext) => void | Promise<void> = () => {};

  readonly phase: Phase<{ thing: string }, { before: string }> = {
    id: 'make',
    params: z.object({ thing: z.string() }),
    saved: z.object({ before: z.string() }),
    title: ({ thing }) => `Make ${thing}`,
    lasting: ({ thing }) => (thing.startsWith('lasting') ? 'It cannot be unmade.' : null),
    probe: async (context, { thing }) => {
      // The runner hands the whole context over, also for a look.
      await this.#do(`probe ${thing}`, context as PhaseContext);
      const standing = this.standing.get(thing) ?? 'absent';
      return { standing, found: `${thing} is ${standing}.`, evidence: [] };
    },
    plan: async (_, { thing }) => [{ kind: 'command', command: `make ${thing}`, root: true }],
    save: async (context, { thing }) => {
      await this.#do(`save ${thing}`, context);
      return { before: this.standing.get(thing) ?? 'absent' };
    },
    apply: async (context, { thing }) => {
      this.standing.set(thing, 'partly');
      await this.#do(`apply ${thing}`, context);
      this.standing.set(thing, 'present');
    },
    undo: async (context, { thing }) => {
      await this.#do(`undo ${thing}`, context);
      this.standing.set(thing, 'absent');
    },
  };

  readonly kind: JobKind = {
    kind: 'making',
    version: 1,
    phases: [this.phase],
    afterCrash: 'ask',
  };

  /** Each lane with the things that it makes. */
  plan(
    lanes: Readonly<Record<string, readonly string[]>>,
    after: Record<string, string[]> = {},
  ): JobPlan {
    return {
      version: 1,
      lanes: Object.entries(lanes).map(([lane, things]) => ({
        lane,
        title: lane,
        deviceId: null,
        after: after[lane] ?? [],
        phases: things.map((thing) => ({
          phase: 'make',
          title: `Make ${thing}`,
          params: { thing },
          probed: { standing: 'absent', found: '', evidence: [] },
          items: [],
          lasting: thing.startsWith('lasting') ? 'It cannot be unmade.' : null,
        })),
      })),
    };
  }

  /** What was done, without looks. */
  changes(): string[] {
    return this.deeds.filter((deed) => /^(apply|undo)/.test(deed));
  }

  async #do(deed: string, context: PhaseContext): Promise<void> {
    this.deeds.push(deed);
    await this.onDeed(deed, context);
  }
}
