import { setTimeout as sleep } from 'node:timers/promises';
import type { RackAccount } from './accounts.ts';
import { type CommandOptions, type CommandResult, runProgram } from './command.ts';
import { downRack } from './down.ts';
import { clearFault, type FaultKind, type FaultOptions, setFault } from './faults/index.ts';
import { addressOf, otherHost } from './networks.ts';
import { insideNode, restartNode, waitForRestart } from './node-process.ts';
import type { NodeSpec } from './node-spec.ts';
import type { ProfileName } from './profiles.ts';
import { RackError } from './rack-error.ts';
import type { RackDescription, RackState } from './state.ts';
import { type NodeStatus, statusOf } from './status.ts';

/** One machine of a running rack. */
export class Node {
  readonly spec: NodeSpec;
  readonly #rack: Rack;

  constructor(rack: Rack, spec: NodeSpec) {
    this.#rack = rack;
    this.spec = spec;
  }

  get name(): string {
    return this.spec.name;
  }

  /** As `status --json` tells it, read anew. */
  get status(): NodeStatus {
    const found = this.#rack.status().find((status) => status.name === this.name);
    if (!found) throw new RackError(`The rack lost its node ${this.name}.`);
    return found;
  }

  get addresses(): NodeStatus['addresses'] {
    return this.status.addresses;
  }

  /** The IPv4 address to connect to: directly, or from the jump host. */
  get address(): string {
    return this.status.address;
  }

  /** Where the fault `reboot-other-address` brings it back. */
  get otherAddress(): string {
    const leg = this.spec.legs.find((one) => one.network === 'management');
    if (!leg) throw new RackError(`${this.name} has no leg on management.`);
    return addressOf(this.#rack.description().slot, 'management', otherHost(leg.host)).ipv4;
  }

  get port(): number {
    return this.status.port;
  }

  get user(): string {
    return this.status.user;
  }

  get identityFile(): string {
    return this.status.identityFile;
  }

  /** The names that may log in here; `rack.account(name)` has their keys and passwords. */
  get accounts(): NodeSpec['accounts'] {
    return this.spec.accounts;
  }

  /** Runs a command line in the node as its root, without SSH. Never throws on an exit code. */
  exec(command: string, options: CommandOptions = {}): Promise<CommandResult> {
    const [program, ...args] = insideNode(this.#rack.state, this.name);
    return runProgram(program, [...args, 'sh', '-c', command], options);
  }

  /** Another one after each boot. The node must be up. */
  async bootId(): Promise<string> {
    return (await this.exec('cat /proc/sys/kernel/random/boot_id')).stdout.trim();
  }

  /** Returns once it is up by another boot than this one, whoever restarted it. */
  async waitForBoot(before: string): Promise<void> {
    const { state } = this.#rack;
    const giveUpAt = Date.now() + 30_000;
    while (Date.now() < giveUpAt) {
      // Asked while it is down or goes down, it says nothing.
      const now = await this.bootId().catch(() => '');
      if (now !== '' && now !== before) return waitForRestart(state, this.name, null);
      await sleep(50);
    }
    throw new RackError(`The node ${this.name} did not come back by another boot.`);
  }

  /** Presses its restart button and returns once it is back; a fault may keep it away. */
  reboot(): Promise<void> {
    return restartNode(this.#rack.state, this.name);
  }

  /** Breaks something for so many seconds, and returns when it is mended. */
  async faultFor(seconds: number, kind: FaultKind, options: FaultOptions = {}): Promise<void> {
    await using _fault = await this.fault(kind, options);
    await sleep(seconds * 1000);
  }

  /** Breaks something, until `clear` (or the end of an `await using`) mends it. */
  async fault(kind: FaultKind, options: FaultOptions = {}): Promise<ActiveFault> {
    const { state } = this.#rack;
    const description = this.#rack.description();
    await setFault({ state, description, spec: this.spec }, kind, options);
    const clear = () => clearFault({ state, description, spec: this.spec }, kind);
    return { clear, [Symbol.asyncDispose]: clear };
  }
}

export interface ActiveFault extends AsyncDisposable {
  /** Mends it; a second call does nothing. */
  clear(): Promise<void>;
}

/** A running rack. */
export class Rack {
  readonly state: RackState;
  readonly nodes: readonly Node[];
  readonly profile: ProfileName;

  constructor(state: RackState) {
    this.state = state;
    const { specs, profile } = this.description();
    this.profile = profile;
    this.nodes = specs.map((spec) => new Node(this, spec));
  }

  get name(): string {
    return this.state.name;
  }

  get sshConfigFile(): string {
    return this.state.path('ssh_config');
  }

  /** Every host key of the rack as it was when the rack started. */
  get knownHostsFile(): string {
    return this.state.path('known_hosts');
  }

  description(): RackDescription {
    const description = this.state.description();
    if (!description) throw new RackError(`No rack named ${this.name} runs.`);
    return description;
  }

  status(): readonly NodeStatus[] {
    return statusOf(this.state, this.description());
  }

  node(name: string): Node {
    const found = this.nodes.find((node) => node.name === name);
    if (!found) throw new RackError(`The rack ${this.name} has no node ${name}.`);
    return found;
  }

  account(user: string): RackAccount {
    const found = this.description().accounts.find((account) => account.user === user);
    if (!found) throw new RackError(`The rack ${this.name} has no account ${user}.`);
    return found;
  }

  async down(): Promise<void> {
    await downRack(this.name);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.down();
  }
}
