import { z } from 'zod';
import type { LookContext, Phase } from '../../../engine/jobs/index.ts';
import { look, probing } from '../../../engine/phases/index.ts';
import { effectAsked, memoryWorks } from './memory-effect.ts';

const params = z.object({
  /**
   * What a restart is to bring into effect, one restart for all of it. `memory-cgroup`: the controller
   * works; `updates`: no package asks for a restart, and the running kernel has its modules.
   */
  wanted: z
    .array(z.enum(['memory-cgroup', 'updates']))
    .min(1)
    .max(10),
});
type Params = z.infer<typeof params>;

const saved = z.object({});

const asked = {
  ...effectAsked,
  updates: '[ -e /run/reboot-required ] || [ -e /var/run/reboot-required ]',
  modules: '[ -d "/lib/modules/$(uname -r)" ] || [ ! -d /lib/modules ]',
};

async function missing(context: LookContext, { wanted }: Params) {
  const { parts, evidence } = await look(context, asked, { named: 'is a restart needed' });
  const open = [
    ...(wanted.includes('memory-cgroup') && !memoryWorks(parts) ? ['the memory cgroup'] : []),
    ...(wanted.includes('updates') && parts.updates.exitCode === 0 ? ['updated packages'] : []),
    ...(wanted.includes('updates') && parts.modules.exitCode !== 0 ? ['a new kernel'] : []),
  ];
  return { open, evidence };
}

/** One restart for all the phases before it that want one. What it brought into effect they undo. */
export const rebootPhase: Phase<Params, z.infer<typeof saved>> = {
  id: 'reboot',
  params,
  saved,
  title: () => 'Restart it',
  lasting: () => 'A restart cannot be taken back; what it brought into effect can.',

  probe: (context, given) =>
    probing(async () => {
      const { open, evidence } = await missing(context, given);
      return open.length === 0
        ? { standing: 'present', found: 'Nothing waits for a restart.', evidence }
        : { standing: 'absent', found: `A restart is needed for ${open.join(', ')}.`, evidence };
    }),

  async plan(_context, _given, probed) {
    if (probed.standing === 'present') return [];
    return [
      {
        kind: 'command',
        command: 'reboot',
        root: true,
        restarts: true,
        says: 'The machine is away for a minute or two.',
      },
    ];
  },

  save: async () => ({}),

  async apply(context, given) {
    const { machine, signal, log } = context;
    if ((await missing(context, given)).open.length === 0) return;
    await machine.checkLock(signal);
    log('Restarts the machine and waits until it is back.');
    await machine.reboot({ signal });
  },

  undo: async () => {},
};
