import { z } from 'zod';
import { exchangeToken } from '../../../../../shared/cluster/upkeep/held-token.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { id } from '../../../../../shared/model/inventory.ts';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import {
  commandItem,
  look,
  note,
  notPossible,
  probing,
  runCommand,
} from '../../../engine/phases/index.ts';
import { guard } from '../../drain/guard.ts';
import { type MachineLooks, withMachine } from '../look-at-machine.ts';
import { copyPath, nodeParams, serviceParams } from '../node-params.ts';
import { restartCommands, restartK3s } from '../upgrade/restart-k3s.ts';
import type { UpgradeNeeds } from '../upgrade/upgrade-needs.ts';
import type { UpkeepNeeds } from '../upkeep-needs.ts';
import { serverTokenPath } from './token-files.ts';

const params = nodeParams.extend({
  ...serviceParams.shape,
  isServer: z.boolean(),
  /** The device where it was rotated: it has the old and the new one. */
  from: id,
  keep: copyPath,
  /** Those that named the old one; none: K3s finds it by itself. */
  files: z
    .array(z.object({ path: z.string().max(300), form: z.enum(['yaml', 'env', 'token']) }))
    .max(20),
});
type Params = z.infer<typeof params>;
const saved = z.object({});

export type TokenNeeds = UpgradeNeeds & MachineLooks & Pick<UpkeepNeeds, 'targetOf' | 'db'>;

interface Tokens {
  readonly old: string;
  readonly fresh: string;
}

/** The new token for one node, wherever it named the old one, and K3s restarted with it. */
export function giveTokenPhase(needs: TokenNeeds): Phase<Params, z.infer<typeof saved>> {
  return {
    id: 'give-token',
    params,
    saved,
    title: ({ node }) => `Give ${node} the new token`,
    lasting: () => 'With the old token it would not come up again.',

    probe: (context, { node, keep }) =>
      probing(async () => {
        const asked = { given: `[ -f ${quote(`${keep}/given`)} ]` };
        const { parts, evidence } = await look(context, asked, { named: 'its token', root: true });
        return parts.given.exitCode === 0
          ? { standing: 'present', found: `${node} has started with the new token.`, evidence }
          : { standing: 'absent', found: `${node} has not started with it yet.`, evidence };
      }),

    plan: async (_, given) => [
      ...given.files.map(({ path }) =>
        note(
          'info',
          `The old token in ${path} becomes the new one; nothing else in it, and it is not shown.`,
        ),
      ),
      ...restartCommands(given).map(commandItem),
    ],

    save: async () => ({}),

    async apply(context, given) {
      const tokens = await tokensOf(needs, context, given);
      for (const file of given.files) await exchangeIn(context, file, { ...given, ...tokens });
      if (given.isServer) await guard(needs, given, context);
      await restartK3s(needs, context, { ...given, runs: '' });
      if (given.isServer) await provesNew(context, tokens, given);
      const keep = quote(given.keep);
      await runCommand(context, {
        command: `mkdir -p -m 700 ${keep} && touch ${keep}/given && sync`,
      });
    },

    undo: async () => {},
  };
}

/** They are read when they are needed, and kept nowhere on this computer. */
async function tokensOf(
  needs: TokenNeeds,
  context: PhaseContext,
  { from, keep }: Params,
): Promise<Tokens> {
  const read = async (on: LookContext) => ({
    old: await tokenIn(on, `${keep}/token`),
    fresh: await tokenIn(on, serverTokenPath),
  });
  if (context.lane === from) return await read(context);
  const name = needs.db.tables.devices.get(from)?.name ?? 'the first server';
  const machine = { deviceId: from, name, target: needs.targetOf(from) };
  const { signal } = context;
  const ask: PhaseContext['ask'] = (question) => context.ask(question);
  const found = await withMachine(needs, machine, { signal, ask, work: read });
  if (found.ok) return found.value;
  throw new RackhelmError('SSH_UNREACHABLE', `The new token lies on ${name}: ${found.says}`);
}

async function tokenIn({ machine, signal }: LookContext, path: string): Promise<string> {
  const file = await machine.readFile(path, { signal });
  if (file !== null) return file.content.toString('utf8').trim();
  throw notPossible(`There is no ${path} on ${machine.name}.`);
}

async function exchangeIn(
  context: PhaseContext,
  { path, form }: Params['files'][number],
  { old, fresh, isServer }: Params & Tokens,
): Promise<void> {
  const { machine, signal } = context;
  const expect = await machine.readFile(path, { signal });
  const text = expect?.content.toString('latin1') ?? '';
  const role = isServer ? 'server' : 'agent';
  const next = exchangeToken(text, { form, old, fresh, role });
  if (expect === null || next === null) return;
  context.log(`Writes ${path}`);
  await machine.checkLock(signal);
  const content = Buffer.from(next, 'latin1');
  await machine.writeFile({ path, content, mode: expect.mode }, { signal, expect });
}

async function provesNew(context: PhaseContext, { fresh }: Tokens, given: Params): Promise<void> {
  if ((await tokenIn(context, serverTokenPath)) === fresh) return;
  throw new RackhelmError(
    'STEP_NOT_DONE',
    `${given.node} runs with another token than the one that was made.`,
    { hint: 'Look where it is told its token: config.yaml, its environment, its service.' },
  );
}
