import { quote } from '../../../connections/ssh/index.ts';
import type { Machine } from '../../../engine/machines/index.ts';
import { look } from '../../../engine/phases/index.ts';
import type { ServerTried } from './join-checks.ts';

const seconds = 8;

/** Lets the machine itself ask the server for its authority, which everybody may. Changes nothing. */
export async function tryServer(
  machine: Machine,
  { url, signal }: { readonly url: string; readonly signal: AbortSignal },
): Promise<ServerTried> {
  const at = quote(`${url}/cacerts`);
  const curl = `curl -ksSf -m ${seconds} ${at}`;
  const wget = `wget -q --no-check-certificate -T ${seconds} -t 1 -O - ${at}`;
  const either = `if command -v curl >/dev/null; then ${curl}; elif command -v wget >/dev/null; then ${wget}; else echo no-tool; fi`;
  const sentAt = Date.now();
  const { parts, evidence } = await look(
    { machine, signal, log: () => {} },
    {
      clock: 'date +%s',
      answer: either,
      hash: `{ ${either}; } 2>/dev/null | sha256sum | cut -c 1-64`,
    },
    { named: `asking ${url}` },
  );
  const said = parts.answer.text;
  const told = Number(parts.clock.text.trim());
  const hash = parts.hash.text.trim();
  const isThere = parts.answer.exitCode === 0 && /BEGIN CERTIFICATE/.test(said);
  return {
    url,
    outcome: isThere ? 'answers' : outcomeOf(said, parts.answer.exitCode),
    hash: isThere && /^[0-9a-f]{64}$/.test(hash) ? hash : null,
    // `date` comes first, so it lies within one way of when it was asked for; it tells whole seconds.
    clock: Number.isInteger(told) && told > 0 ? clockOf(told, sentAt) : null,
    evidence: evidence.slice(1, 2),
  };
}

function clockOf(told: number, sentAt: number) {
  return { aheadMs: told * 1_000 + 500 - sentAt, accuracyMs: 2_000 };
}

/** By the codes of curl, else by what curl or wget say. */
function outcomeOf(said: string, code: number): ServerTried['outcome'] {
  if (/^\s*no-tool\s*$/m.test(said)) return 'no-tool';
  if (code === 6 || /resolve|unable to resolve|bad address/i.test(said)) return 'unknown-name';
  if (code === 28 || /timed? ?out/i.test(said)) return 'timed-out';
  if (code === 7 || /refused|no route/i.test(said)) return 'refused';
  return 'fails';
}
