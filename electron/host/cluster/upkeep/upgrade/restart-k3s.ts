import { RackhelmError } from '../../../../../shared/model/errors.ts';
import type { PhaseContext } from '../../../engine/jobs/index.ts';
import { type Command, look, runCommand } from '../../../engine/phases/index.ts';
import { logEnd, logSince, readLog, readLogEnd } from '../../join/phases/service-log.ts';
import { readState, startCommand, stateAsked } from '../../join/phases/service-state.ts';
import { kubeletAsked } from '../kubelet-asked.ts';
import { isApiReady, nodeNow } from '../node-now.ts';
import type { NodeParams, ServiceParams } from '../node-params.ts';
import { until } from '../until.ts';
import { type UpgradeNeeds, usualUpgradeTimes } from './upgrade-needs.ts';

/** A process that ends again and again will not come up by waiting. */
const mostRestarts = 4;
const linesShown = 40;

export interface Restart extends NodeParams, ServiceParams {
  readonly isServer: boolean;
  /** The version that has to run then; empty: any. */
  readonly runs: string;
}

/** Stopped first, so that what answers afterwards is not what ran before. */
export function restartCommands({ init, service }: ServiceParams): readonly Command[] {
  const stop =
    init === 'systemd' ? `systemctl stop ${service}.service` : `rc-service ${service} stop`;
  return [{ command: stop, timeoutMs: 120_000 }, startCommand(init, service)];
}

/** Restarts K3s and waits until its node tells that version. Throws NODE_NOT_BACK. */
export async function restartK3s(
  { clientOf, upgradeTimes = usualUpgradeTimes }: UpgradeNeeds,
  context: PhaseContext,
  restart: Restart,
): Promise<void> {
  const { signal, log } = context;
  const { contextId, node: name, init, service, runs } = restart;
  const { stepMs, nodeMs: forMs } = upgradeTimes;
  const named = { named: service, root: true };
  const { parts } = await look(context, { end: logEnd(init, service) }, named);
  const from = readLogEnd(parts.end);
  for (const command of restartCommands(restart)) await runCommand(context, command);
  const client = clientOf(contextId);
  let isLost = false;
  let restartsBefore: number | null = null;
  const isOver = async () => {
    const { parts: now } = await look(
      context,
      { state: stateAsked(init, service), kubelet: kubeletAsked },
      named,
    );
    const { restarts } = readState(now.state);
    restartsBefore ??= restarts;
    isLost = restarts - restartsBefore >= mostRestarts;
    if (isLost) return true;
    if (now.kubelet.text.trim() !== 'ok' || !(await isApiReady(client, signal))) return false;
    const node = await nodeNow(client, name, signal);
    return node !== null && node.ready === 'ready' && (runs === '' || node.version === runs);
  };
  if ((await until(isOver, { stepMs, forMs }, signal)) && !isLost) {
    log(`${name} runs ${runs}.`);
    return;
  }
  const { parts: since } = await look(context, { log: logSince(init, service, from) }, named);
  for (const line of readLog(since.log, from).lines.slice(-linesShown)) log(line, 'out');
  throw notBack(restart, { isLost, forMs });
}

function notBack(
  { node, runs, isServer }: Restart,
  { isLost, forMs }: { readonly isLost: boolean; readonly forMs: number },
): RackhelmError {
  const minutes = Math.max(1, Math.round(forMs / 60_000));
  const how = isLost ? 'K3s ends there again and again' : `not within ${minutes} minutes`;
  return new RackhelmError(
    'NODE_NOT_BACK',
    `${node} does not run ${runs}: ${how}.`,
    isServer
      ? {
          hint: 'Look at what K3s says in the log. Undo puts the version before back; should that not start either, restore the snapshot or the copy that was taken at the beginning.',
        }
      : {},
  );
}
