import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { RackAccount } from './accounts.ts';
import { buildBaseImage, mountTmpfs } from './base-image.ts';
import { mustRun } from './command.ts';
import { downRack } from './down.ts';
import { buildFabric, nodeCommands, withPossibleLegs } from './fabric.ts';
import {
  hostKeysOf,
  knownHostsLines,
  machineIdOf,
  makeAccounts,
  makeHostKeys,
  writeAccounts,
  writeIdentity,
} from './identity.ts';
import { layersOf } from './layers.ts';
import { NodeBuild, writeLook } from './looks/index.ts';
import { buildManagerLayers, writeNetworkManager } from './network-managers/index.ts';
import { NodeFiles } from './node-files.ts';
import { startNode } from './node-process.ts';
import { hostnameOf, type NodeSpec } from './node-spec.ts';
import { isAlive } from './process-table.ts';
import { nodesOf, type ProfileName } from './profiles.ts';
import { RackError } from './rack-error.ts';
import { requireRack } from './requirements.ts';
import { writeServices } from './services/index.ts';
import { startSwitchLldp } from './services/lldp.ts';
import { sshConfigText } from './ssh-config.ts';
import { sshdStep } from './start-steps.ts';
import { claimSlot, type RackDescription, RackState } from './state.ts';
import { routesOfSlot } from './traces.ts';

export interface UpOptions {
  readonly name: string;
  readonly profile: ProfileName;
  readonly nodes?: number;
}

/** Starts a rack, or leaves a running one of that name and kind as it is. */
export async function upRack(options: UpOptions): Promise<RackState> {
  const planned = nodesOf(options.profile, options.nodes);
  requireRack(planned);
  const specs = await withPossibleLegs(planned);
  const state = new RackState(options.name);
  if (await isRunningAlready(state, options, specs)) return state;
  state.create();
  try {
    await makeRack(state, options.profile, specs);
  } catch (error) {
    await takeAway(options.name, error);
    throw error;
  }
  rmSync(state.path('starting.json'));
  return state;
}

/** What stands of a rack that could not be made; why it could not must not get lost over it. */
async function takeAway(name: string, why: unknown): Promise<void> {
  try {
    await downRack(name);
  } catch (error) {
    const reason = why instanceof Error ? why.message : String(why);
    throw new RackError(`${reason} What was made of the rack ${name} is still there; end it.`, {
      cause: new AggregateError([why, error]),
    });
  }
}

/** A rack that a crash left half made is taken away first. */
async function isRunningAlready(
  state: RackState,
  options: UpOptions,
  specs: readonly NodeSpec[],
): Promise<boolean> {
  if (!state.exists()) return false;
  const starter = state.starter();
  if (starter && isAlive(starter)) {
    throw new RackError(`Process ${starter.pid} is starting the rack ${state.name}; wait for it.`);
  }
  const description = state.description();
  if (!description?.complete) {
    await downRack(state.name);
    return false;
  }
  if (description.profile !== options.profile || description.specs.length !== specs.length) {
    throw new RackError(
      `The rack ${state.name} runs already as ${description.profile} with ${description.specs.length} nodes; end it first or choose another --name.`,
    );
  }
  return true;
}

async function makeRack(
  state: RackState,
  profile: ProfileName,
  specs: readonly NodeSpec[],
): Promise<void> {
  const accounts = await makeAccounts(state);
  const slot = await claimSlot(state.name, async (one) => (await routesOfSlot(one)).length > 0);
  const description: RackDescription = {
    ...{ name: state.name, id: state.id, slot, profile, specs, accounts },
    complete: false,
  };
  state.writeJson('rack.json', description);
  const [base] = await Promise.all([
    buildBaseImage(state, accounts),
    buildFabric(state, slot, specs),
    ...specs
      .filter((spec) => !spec.cloneOf)
      .map((spec) => makeHostKeys(hostKeysOf(state, spec), hostnameOf(spec))),
  ]);
  await buildManagerLayers(state, specs);
  await Promise.all(specs.map((spec) => prepareNode(state, description, { spec, base })));
  await startNodes(state, specs);
  writeFileSync(state.path('known_hosts'), knownHosts(state, description), { mode: 0o600 });
  writeFileSync(state.path('ssh_config'), sshConfigText(state, description), { mode: 0o600 });
  state.writeJson('rack.json', { ...description, complete: true });
}

/** The router first: others ask it for their addresses. */
async function startNodes(state: RackState, specs: readonly NodeSpec[]): Promise<void> {
  const start = (spec: NodeSpec) => startNode(state, spec, layersOf(state, spec));
  const isRouter = (spec: NodeSpec) => spec.look === 'router';
  await Promise.all(specs.filter(isRouter).map(start));
  if (specs.some((spec) => spec.services.includes('lldpd'))) startSwitchLldp(state);
  await Promise.all(specs.filter((spec) => !isRouter(spec)).map(start));
}

function knownHosts(state: RackState, { slot, specs }: RackDescription): string {
  return specs.map((spec) => knownHostsLines(slot, spec, hostKeysOf(state, spec))).join('');
}

async function prepareNode(
  state: RackState,
  description: RackDescription,
  { spec, base }: { readonly spec: NodeSpec; readonly base: string },
): Promise<void> {
  const { slot, specs } = description;
  const accounts: readonly RackAccount[] = description.accounts;
  const directory = state.path('nodes', spec.name);
  await mountTmpfs(state, `${directory}/disk`, spec.diskMiB);
  for (const name of ['disk/upper', 'disk/work', 'root']) mkdirSync(`${directory}/${name}`);
  const files = new NodeFiles(`${directory}/disk/upper`);
  writeIdentity(state, files, { spec, slot, specs });
  writeAccounts(files, base, { spec, accounts });
  files.startScript(path.basename(sshdStep), 'sshd.sh');
  // Left by boot.sh when a fault wants the node to come back with another address.
  files.startStep('45-address', '[ ! -s /run/rack-address ] || . /run/rack-address');
  // Of the hardware: a clone has its own.
  const machineId = machineIdOf(state, spec.name);
  const build = new NodeBuild({ spec, slot, specs, machineId, files, directory });
  writeLook(build);
  writeNetworkManager(build);
  writeServices(build);
  build.finish();
  writeFileSync(`${directory}/network`, `${nodeCommands(slot, spec)}\n`);
  for (const place of build.hidden) await mustRun('mknod', [place, 'c', '0', '0']);
}
