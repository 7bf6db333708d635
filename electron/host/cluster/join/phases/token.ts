import { z } from 'zod';
import { readJoinToken, tokenObjection } from '../../../../../shared/cluster/k3s-token.ts';
import { id } from '../../../../../shared/model/inventory.ts';
import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, Phase, PhaseContext } from '../../../engine/jobs/index.ts';
import {
  commandItem,
  note,
  notPossible,
  probing,
  runCommand,
} from '../../../engine/phases/index.ts';
import { leavingNoFolders } from './empty-folders.ts';
import { tokenPath } from './paths.ts';

const params = z.object({
  clusterId: id,
  role: z.enum(['server', 'agent']),
  /** For whom it is: a token that is made for one node says so where tokens are listed. */
  nodeName: z.string().max(253),
});
type Params = z.infer<typeof params>;

const saved = z.object({ was: z.boolean() });

/** Who a token is for. */
export interface TokenRequest extends Params, Pick<PhaseContext, 'ask'> {
  readonly jobId: string;
  readonly signal: AbortSignal;
  readonly log: (text: string) => void;
}

export interface JoinTokens {
  /** Agents get one of their own that ends in time; servers that of the servers. Throws where none can be had. */
  make(request: TokenRequest): Promise<string>;
  /** One that was made for this node alone lets nobody join any more; nothing else is touched. */
  revoke(request: TokenRequest): Promise<void>;
}

const before = `${tokenPath}.rackhelm-before`;

/** Only of one that was there before us, as `save` saw it: else ours would be taken for theirs. */
const keepCommand = {
  command: `[ ! -f ${quote(tokenPath)} ] || [ -f ${quote(before)} ] || mv ${quote(tokenPath)} ${quote(before)}`,
};
const restoreCommand = {
  command: `[ ! -f ${quote(before)} ] || mv -f ${quote(before)} ${quote(tokenPath)}`,
};
const deleteCommand = { command: `rm -f ${quote(tokenPath)}` };

/**
 * The token that a node joins with, in a file of root's alone. It is fetched when it is needed and kept
 * nowhere on this computer; so after a crash nobody knows whether the one there is right, and it is made anew.
 */
export function createK3sTokenPhase(tokens: JoinTokens): Phase<Params, z.infer<typeof saved>> {
  /** By cluster and node, of this process: what was written is known to be right as long as it runs. */
  const written = new Map<string, string>();
  const keyOf = ({ nodeName, clusterId }: Params) => `${clusterId} ${nodeName}`;

  return leavingNoFolders({
    id: 'k3s-token',
    params,
    saved,
    title: ({ role }) =>
      `Lay down a token for ${role === 'agent' ? 'this agent alone' : 'a server'}`,
    lasting: () => null,

    probe: (context, given) =>
      probing(async () => {
        const file = await context.machine.readFile(tokenPath, { signal: context.signal });
        const evidence: [] = [];
        const kept = await context.machine.readFile(before, { signal: context.signal });
        if (file === null && kept !== null)
          return { standing: 'partly', found: `The former ${tokenPath} is put aside.`, evidence };
        if (file === null)
          return { standing: 'absent', found: `${tokenPath} is not there.`, evidence };
        if (await holds(context, written.get(keyOf(given))))
          return { standing: 'present', found: `${tokenPath} is there, for root alone.`, evidence };
        return {
          standing: 'partly',
          found: `A token lies in ${tokenPath}; whether it is the right one cannot be told.`,
          evidence,
        };
      }),

    plan: async (_, { role }) => [
      commandItem({ ...keepCommand, says: 'One that lies there already is kept for undo.' }),
      note(
        'info',
        role === 'agent'
          ? `A token that lets one agent join and ends by itself is made in the cluster and written to ${tokenPath}, readable by root alone. It is never shown.`
          : `The token of the servers is fetched from a server that runs and written to ${tokenPath}, readable by root alone. It is never shown.`,
      ),
    ],

    async save({ machine, signal }) {
      const there = async (path: string) => (await machine.readFile(path, { signal })) !== null;
      return { was: (await there(tokenPath)) || (await there(before)) };
    },

    async apply(context, given, { was }) {
      if (await holds(context, written.get(keyOf(given)))) return;
      const token = (await tokens.make(requestOf(context, given))).trim();
      const reading = readJoinToken(token);
      if (!reading.ok)
        throw notPossible(`The token that the cluster gave is none: ${reading.says}`);
      const objection = tokenObjection(reading.token, given.role);
      if (objection !== null) throw notPossible(objection);
      if (was) await runCommand(context, keepCommand);
      await writeToken(context, token);
      written.set(keyOf(given), token);
    },

    async undo(context, given, { was }) {
      await runCommand(context, was ? restoreCommand : deleteCommand);
      written.delete(keyOf(given));
      await tokens.revoke(requestOf(context, given));
    },
  });
}

async function holds({ machine, signal }: LookContext, token: string | undefined) {
  const file = await machine.readFile(tokenPath, { signal });
  const isClosed = file !== null && (file.mode & 0o077) === 0;
  return isClosed && token !== undefined && file.content.toString('utf8').trim() === token;
}

async function writeToken(context: PhaseContext, token: string): Promise<void> {
  const { machine, signal } = context;
  context.log(`Writes ${tokenPath}`);
  await machine.checkLock(signal);
  const expect = await machine.readFile(tokenPath, { signal });
  await machine.writeFile(
    { path: tokenPath, content: `${token}\n`, mode: 0o600 },
    { signal, expect },
  );
}

function requestOf({ jobId, signal, ask, log }: PhaseContext, given: Params): TokenRequest {
  return { ...given, jobId, signal, ask, log: (text) => log(text) };
}
