import { createHash, randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { k3sBinaryPhase } from '../../../electron/host/cluster/join/phases/binary.ts';
import { k3sConfigPhase } from '../../../electron/host/cluster/join/phases/config.ts';
import { k3sImagesPhase } from '../../../electron/host/cluster/join/phases/images.ts';
import type { JoinHands } from '../../../electron/host/cluster/join/phases/join-hands.ts';
import { createK3sStartPhase } from '../../../electron/host/cluster/join/phases/start.ts';
import {
  createK3sTokenPhase,
  type JoinTokens,
} from '../../../electron/host/cluster/join/phases/token.ts';
import { k3sServicePhase } from '../../../electron/host/cluster/join/phases/unit.ts';
import type { AnyPhase, PhaseContext } from '../../../electron/host/engine/jobs/index.ts';
import { createMachines, type HeldMachine } from '../../../electron/host/engine/machines/index.ts';
import { type K3sSettings, k3sSettings } from '../../../shared/cluster/k3s-settings.ts';
import type { K3sBinary } from '../../k3s/index.ts';
import type { Rack } from '../../rack/index.ts';
import { directTarget } from '../rack/login.ts';
import { makeScratch } from '../scratch.ts';
import { testClient } from '../sshd/client.ts';
import { never } from '../sshd/index.ts';
import { clusterFor } from './cluster-side.ts';

const jobId = randomUUID();

/** A step that was begun, and how it is taken back. */
interface Begun {
  readonly id: string;
  undo(): Promise<void>;
}

export interface Joining {
  readonly node: string;
  readonly settings: Partial<K3sSettings> & Pick<K3sSettings, 'role'>;
  /** What it joins with; null: it makes a cluster of its own. */
  readonly tokens: JoinTokens | null;
  readonly timeoutMs?: number;
  /** Images that it brings along, by their file on this computer. */
  readonly images?: string;
  /** Default systemd, and a user who may do all by sudo. */
  readonly init?: 'openrc';
  /** What the rest of the cluster has to do with it. */
  readonly hands?: JoinHands;
}

/** Drives the phases of joining as a job does, on nodes of the rack over SSH. */
export class PhaseBed {
  readonly #rack: Rack;
  readonly #binary: ReturnType<K3sBinary['file']>;
  readonly #client = testClient();
  readonly #directory = makeScratch('k3s-phases');
  readonly #machines = createMachines({
    pool: async () => this.#client.pool,
    owner: { host: 'desk', user: 'ada' },
  });
  readonly #open: HeldMachine[] = [];
  /** What phases logged, by node. */
  readonly lines: string[] = [];

  constructor(rack: Rack, k3s: K3sBinary) {
    this.#rack = rack;
    this.#binary = k3s.file(this.#directory);
  }

  async close(): Promise<void> {
    for (const machine of this.#open) await machine.release();
    await this.#client.close();
    rmSync(this.#directory, { recursive: true, force: true });
  }

  /** Goes through all of it; `undo` takes back what was begun, also where a phase ended with an error. */
  async join(joining: Joining) {
    const machine = await this.#machine(joining);
    const begun: Begun[] = [];
    const undo = async () => {
      for (const { undo: takeBack } of begun.reverse()) await takeBack();
      await machine.release();
    };
    let failure: unknown = null;
    for (const [phase, given] of this.#phases(joining)) {
      failure = await this.#run(machine, { phase, given, begun }).then(
        () => null,
        (error: unknown) => error,
      );
      if (failure !== null) break;
    }
    return { failure, undo, done: begun.map(({ id }) => id) };
  }

  async #machine({ node, init }: Joining): Promise<HeldMachine> {
    const user = init === 'openrc' ? 'root' : 'deploy';
    const ask = async () => ({ kind: 'ssh', answer: { kind: 'host-key', accept: true } }) as const;
    const target = directTarget(this.#rack.node(node), this.#rack.account(user));
    const machine = await this.#machines.open(target, { name: node, ask, signal: never, jobId });
    this.#open.push(machine);
    return machine;
  }

  #phases(joining: Joining): readonly (readonly [AnyPhase, unknown])[] {
    const { node, tokens, timeoutMs = 90_000, images, hands, init = 'systemd' } = joining;
    const { role } = joining.settings;
    const { path: from, sha256, version } = this.#binary;
    const settings = k3sSettings.parse({ nodeName: node, ...joining.settings });
    const cluster = hands ? clusterFor(settings.nodeName) : null;
    const token = { clusterId: randomUUID(), role: role === 'agent' ? 'agent' : 'server' };
    const start = { role, init, timeoutMs, cluster, version };
    return [
      [k3sBinaryPhase, { version, sha256, source: { from: 'here', path: from } }],
      ...(images ? [[k3sImagesPhase, imagesOf(images)] as const] : []),
      [k3sConfigPhase, { settings }],
      ...(tokens ? [[createK3sTokenPhase(tokens), { ...token, nodeName: node }] as const] : []),
      [k3sServicePhase, { role, init }],
      [createK3sStartPhase({ stepMs: 500 }, hands), start],
    ];
  }

  async #run(
    machine: HeldMachine,
    { phase, given, begun }: { phase: AnyPhase; given: unknown; begun: Begun[] },
  ): Promise<void> {
    const params = phase.params.parse(given);
    const context = this.#context(machine);
    const probed = await phase.probe(context, params);
    if (probed.standing === 'present') return;
    await phase.plan(context, params, probed);
    const saved = phase.saved.parse(JSON.parse(JSON.stringify(await phase.save(context, params))));
    begun.push({ id: phase.id, undo: () => phase.undo(context, params, saved) });
    await phase.apply(context, params, saved);
    const after = await phase.probe(context, params);
    if (after.standing !== 'present') throw new Error(`After ${phase.id}: ${after.found}`);
  }

  #context(machine: HeldMachine): PhaseContext {
    return {
      machine,
      signal: never,
      jobId,
      lane: machine.name,
      log: (text) => this.lines.push(text),
      progress: () => {},
      ask: async () => ({ kind: 'cancel' }),
    };
  }
}

function imagesOf(file: string) {
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  return { name: path.basename(file), sha256, source: { from: 'here', path: file } };
}

/** This one, whatever is asked for. */
export const fixedToken = (token: string): JoinTokens => ({
  make: async () => token,
  revoke: async () => {},
});
