import type { PodPlace } from '../../../../../shared/cluster/pods/pod-terminal.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { KubeClient } from '../../../connections/kubernetes/index.ts';
import { isMissing } from '../missing-program.ts';
import { mayRun, refusal } from '../refusal.ts';

export interface Command extends Omit<PodPlace, 'contextId'> {
  readonly command: readonly string[];
  /** Null: it is given nothing. */
  readonly stdin: AsyncIterable<Buffer> | null;
  readonly signal: AbortSignal;
}

export type CommandSaid =
  | { readonly type: 'out' | 'err'; readonly data: Buffer }
  | { readonly type: 'ended'; readonly code: number | null };

/** A command without a terminal, as scripts want it. Throws POD_TOOL_MISSING, KubeError. */
export async function* runCommand(
  client: Pick<KubeClient, 'exec'>,
  { namespace, pod: name, container, command, stdin, signal }: Command,
): AsyncGenerator<CommandSaid, void, void> {
  const options = { command, signal, stdin: stdin !== null };
  const session = await client
    .exec({ namespace, name }, { ...options, ...(container !== null && { container }) })
    .catch((error: unknown) => {
      throw refusal(error, mayRun(namespace));
    });
  if (stdin !== null) void feed(session, stdin);
  try {
    for await (const { stream, data } of session.output) yield { type: stream, data };
    yield { type: 'ended', code: (await session.ended).code };
  } catch (error) {
    if (!isMissing(error, '')) throw error;
    throw new RackhelmError('POD_TOOL_MISSING', `This container has no ${command[0]}.`);
  } finally {
    session.close();
  }
}

async function feed(
  session: Awaited<ReturnType<KubeClient['exec']>>,
  stdin: AsyncIterable<Buffer>,
): Promise<void> {
  try {
    for await (const data of stdin) await session.write(data);
    session.closeStdin();
  } catch {
    // It has ended, and reads no more.
  }
}
