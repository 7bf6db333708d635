import { type CommandResult, mustRun, runProgram } from '../command.ts';
import type { NetworkName } from '../networks.ts';
import { insideNode } from '../node-process.ts';
import type { NodeSpec } from '../node-spec.ts';
import { RackError } from '../rack-error.ts';
import type { RackDescription, RackState } from '../state.ts';

/** The node that a fault is about. */
export interface FaultTarget {
  readonly state: RackState;
  readonly description: RackDescription;
  readonly spec: NodeSpec;
}

export interface FaultOptions {
  /** Only on this network; default all networks of the node. */
  readonly network?: NetworkName;
  /** As the node sees it: `in` cuts what comes to it. Default both. */
  readonly direction?: 'both' | 'in' | 'out';
  /** Percent of the packets that are dropped. Default 30. */
  readonly share?: number;
  /** Kilobits per second. Default 1000. */
  readonly kbit?: number;
  /** Milliseconds added to each round trip. Default 200. */
  readonly ms?: number;
  /** TCP ports that are slowed down where a proxy must do it. Default 22. */
  readonly ports?: readonly number[];
  /** The TCP port to block. Default 22. */
  readonly port?: number;
  /** `router` blocks only what passes the router; default also at the node's switch port. */
  readonly at?: 'router' | 'everywhere';
  /** The node whose machine-id or host name is taken over. Default: another one of the rack. */
  readonly from?: string;
  /** Seconds by which the clock is wrong. Default one day ahead. */
  readonly offset?: number;
  /** The name of the command that does not work. */
  readonly command?: string;
  /** How long it takes. Default: see the fault. */
  readonly seconds?: number;
}

/** What a fault is about to do; kept as JSON so that another process may clear it. */
export type FaultRecord = Readonly<Record<string, string | number | boolean>>;

export interface Fault {
  readonly description: string;
  /** A node that lost its power comes back without it. */
  readonly endsWithPower?: true;
  /** Checks the options and settles what they leave open; breaks nothing yet. */
  plan?(target: FaultTarget, options: FaultOptions): FaultRecord | Promise<FaultRecord>;
  set(target: FaultTarget, record: FaultRecord): Promise<void>;
  /** Mends also what a `set` that broke off did, or did not do, up to there. */
  clear(target: FaultTarget, record: FaultRecord): Promise<void>;
}

/** Runs a command line inside the node; anything but exit code 0 is an error. */
export async function inNode(
  { state, spec }: FaultTarget,
  command: string,
  stdin = '',
): Promise<string> {
  const [program, ...args] = insideNode(state, spec.name);
  return mustRun(program, [...args, 'sh', '-c', command], { stdin });
}

export async function tryInNode(target: FaultTarget, command: string): Promise<CommandResult> {
  const [program, ...args] = insideNode(target.state, target.spec.name);
  return runProgram(program, [...args, 'sh', '-c', command]);
}

/** The names of the networks that the options mean. */
export function networksOf({ spec }: FaultTarget, options: FaultOptions): readonly NetworkName[] {
  const all = spec.legs.map((leg) => leg.network);
  if (!options.network) return all;
  if (all.includes(options.network)) return [options.network];
  throw new RackError(`${spec.name} has no interface on the network ${options.network}.`);
}

export function otherNode(target: FaultTarget, options: FaultOptions): NodeSpec {
  const { specs } = target.description;
  const other = specs.find((spec) =>
    options.from ? spec.name === options.from : spec.name !== target.spec.name,
  );
  if (other && other.name !== target.spec.name) return other;
  throw new RackError(`There is no other node ${options.from ?? ''} to take it from.`);
}
