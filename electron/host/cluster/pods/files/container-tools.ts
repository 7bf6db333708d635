import type { PodPlace } from '../../../../../shared/cluster/pods/pod-terminal.ts';
import { RackhelmError } from '../../../../../shared/model/errors.ts';
import { oneLine } from '../../../../../shared/visible-text.ts';
import type { ExecSession, KubeClient } from '../../../connections/kubernetes/index.ts';
import { harmless } from '../../../connections/ssh/index.ts';
import { isMissing, noShell } from '../missing-program.ts';
import { mayRun, refusal } from '../refusal.ts';

export interface Tools {
  readonly client: Pick<KubeClient, 'exec'>;
  readonly place: Omit<PodPlace, 'contextId'>;
  readonly signal: AbortSignal;
}

const mostErrors = 16 * 1024;

/** A script for the shell of the container, with its parameters as `$1`, `$2`. */
export async function beginScript(
  { client, place, signal }: Tools,
  script: string,
  parameters: readonly string[],
): Promise<ExecSession> {
  const { namespace, pod: name, container } = place;
  const command = ['sh', '-c', script, 'sh', ...parameters];
  const options = { command, signal, ...(container !== null && { container }) };
  return await client.exec({ namespace, name }, options).catch((error: unknown) => {
    throw isMissing(error, '') ? noShell(container) : refusal(error, mayRun(namespace));
  });
}

/** How a script ended; what it complained about. Throws POD_NO_SHELL, KubeError. */
export async function endOf(session: ExecSession, tools: Tools, errors: string): Promise<number> {
  const { container } = tools.place;
  try {
    const { code } = await session.ended;
    // The shell itself ends so where a program is missing, and then it said something.
    if (code !== null && !(errors === '' && isMissing({ code }, ''))) return code;
    throw noShell(container);
  } catch (error) {
    throw isMissing(error, errors) ? noShell(container) : error;
  }
}

export interface Said {
  readonly code: number;
  readonly out: Buffer;
  readonly errors: string;
}

/** Runs a script whose answer is short. */
export async function runScript(
  tools: Tools,
  script: string,
  { parameters, mostBytes }: { readonly parameters: readonly string[]; readonly mostBytes: number },
): Promise<Said> {
  const session = await beginScript(tools, script, parameters);
  const pieces: Buffer[] = [];
  let size = 0;
  let errors = '';
  try {
    for await (const { stream, data } of session.output) {
      if (stream === 'err') errors = (errors + data.toString('utf8')).slice(0, mostErrors);
      else {
        pieces.push(data);
        size += data.length;
      }
      if (size > mostBytes) {
        throw new RackhelmError('POD_FILE_FAILED', 'The container answers with far too much.');
      }
    }
    const code = await endOf(session, tools, errors);
    return { code, out: Buffer.concat(pieces), errors: saidOf(errors) };
  } finally {
    session.close();
  }
}

export function saidOf(errors: string): string {
  return oneLine(harmless(errors).slice(0, 500));
}
