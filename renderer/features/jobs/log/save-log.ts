import type { LogLine } from '../../../../shared/jobs/job.ts';
import { visibleText } from '../../../../shared/visible-text.ts';
import type { Client } from '../../../rpc/client.ts';
import { type Failure, toFailure } from '../../../rpc/failure.ts';
import { saveText } from '../../../ui/save-text.ts';

interface WhichLog {
  readonly id: string;
  readonly stepId: string | null;
}

/** As many as the host gives at once. */
const page = 2_000;
/** About 100 MiB at most; a file beyond it helps nobody. */
const mostLines = 500_000;

/** Reads all of a log, part by part. */
export async function* readLog(
  client: Pick<Client, 'jobs'>,
  which: WhichLog,
): AsyncGenerator<readonly LogLine[], void, void> {
  let after = 0;
  for (let read = 0; read < mostLines; read += page) {
    const { lines } = await client.jobs.log({ ...which, after, limit: page });
    if (lines.length === 0) return;
    yield lines;
    after = lines.at(-1)?.seq ?? after;
  }
}

/** Gives all of a log to the person as a file; gives what went wrong, else null. */
export async function saveLog(
  client: Pick<Client, 'jobs'>,
  which: WhichLog,
): Promise<Failure | null> {
  const parts: string[] = [];
  try {
    for await (const lines of readLog(client, which)) {
      for (const { at, text } of lines) {
        parts.push(`${new Date(at).toISOString()} ${visibleText(text)}\n`);
      }
    }
  } catch (error) {
    return toFailure(error);
  }
  saveText({ name: `job-${which.id}.log`, type: 'text/plain', parts });
  return null;
}
