import type { Machine } from './machine.ts';
import { runVariable } from './root-shell.ts';

/** What runs for the holder of a machine is marked by this, before its own mark. */
export const heldMark = 'held-';

/** $1: a mark, or how it begins. Ends what carries it, with what it started. */
export const endScript = `
found() { grep -lF "${runVariable}=$1" /proc/[0-9]*/environ 2>/dev/null; }
for how in TERM KILL; do
  for file in $(found "$1"); do
    process=\${file#/proc/}
    kill -"$how" "\${process%/environ}" 2>/dev/null
  done
  [ -n "$(found "$1")" ] || break
  [ "$how" = KILL ] || sleep 1
done`;

/** $2: seconds. */
const waitScript = `
waited=0
while grep -qF "${runVariable}=$1" /proc/[0-9]*/environ 2>/dev/null; do
  [ "$waited" -lt "$2" ] || break
  waited=$((waited + 1))
  sleep 1
done
${endScript}
`;

/** A script is given this long to come to its end. */
const patienceSeconds = 60;
const endingSeconds = 15;

/**
 * Waits until nothing runs any more that was begun for a former holder of the machine: a connection that is
 * cut, or a host that dies, ends no script there, and whoever probes meanwhile would find it not done and do
 * it a second time. What does not come to its end is ended. Call it with the lock, before anything is run for
 * the new holder.
 */
export async function waitForHeld(run: Machine['run'], signal: AbortSignal): Promise<void> {
  await run(waitScript, {
    signal,
    root: true,
    args: [heldMark, String(patienceSeconds)],
    timeoutMs: (patienceSeconds + endingSeconds) * 1_000,
    named: 'wait for what was begun before',
  });
}
