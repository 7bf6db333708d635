import { parseArgs } from 'node:util';
import type { FaultOptions } from './faults/index.ts';
import { networkNames } from './networks.ts';
import { RackError } from './rack-error.ts';

export const usage = `Usage: npm run rack -- COMMAND [--name NAME]

  up [--profile small|seed|scale|onboarding|cluster|k3s] [--nodes N] [--ssh-config]   start a rack
  down                                                        end it and remove every trace
  status [--json]                                             its nodes
  shell NODE [COMMAND…]                                       a root shell inside a node
  reboot NODE                                                 restart it and wait until it is back
  accounts [--json]                                           who may log in, and how
  ssh-config                                                  print an ssh configuration
  fault NODE KIND [--off]                                     break something, or mend it
        [--network NAME] [--direction both|in|out] [--share PERCENT] [--kbit N] [--ms N]
        [--ports N,N] [--port N] [--at router|everywhere] [--from NODE] [--offset SECONDS]
        [--seconds N] [--command NAME]

fault NODE without a kind lists the kinds.
`;

const options = {
  name: { type: 'string', default: 'rack' },
  profile: { type: 'string', default: 'small' },
  nodes: { type: 'string' },
  json: { type: 'boolean', default: false },
  'ssh-config': { type: 'boolean', default: false },
  help: { type: 'boolean', short: 'h', default: false },
  off: { type: 'boolean', default: false },
  network: { type: 'string' },
  direction: { type: 'string' },
  share: { type: 'string' },
  kbit: { type: 'string' },
  ms: { type: 'string' },
  ports: { type: 'string' },
  port: { type: 'string' },
  at: { type: 'string' },
  from: { type: 'string' },
  offset: { type: 'string' },
  seconds: { type: 'string' },
  command: { type: 'string' },
} as const;

export function parseCommandLine(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    throw new RackError(cause instanceof Error ? cause.message : 'Wrong options.', { cause });
  }
}

/** `shell NODE COMMAND…`: what follows the node's name belongs to the command that runs there. */
export function splitShell(args: readonly string[]): {
  readonly own: readonly string[];
  readonly command: readonly string[];
} {
  const lenient = { args: [...args], options, allowPositionals: true, strict: false } as const;
  const { tokens } = parseArgs({ ...lenient, tokens: true });
  const [first, node] = tokens.filter((token) => token.kind === 'positional');
  if (first?.value !== 'shell' || !node) return { own: args, command: [] };
  return { own: args.slice(0, node.index + 1), command: args.slice(node.index + 1) };
}

export type Values = ReturnType<typeof parseCommandLine>['values'];

function choice<T extends string>(name: string, value: string, allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found) return found;
  throw new RackError(`--${name} must be one of ${allowed.join(', ')}.`);
}

export function numberOption(name: string, value: string): number {
  const number = Number(value);
  if (value.trim() !== '' && Number.isFinite(number)) return number;
  throw new RackError(`--${name} must be a number.`);
}

/** Only what was given; each fault has its own defaults. */
export function faultOptions(values: Values): FaultOptions {
  const { network, direction, at, from, ports, command } = values;
  const numbers = (['share', 'kbit', 'ms', 'port', 'offset', 'seconds'] as const).flatMap(
    (name) => {
      const value = values[name];
      return value === undefined ? [] : [[name, numberOption(name, value)] as const];
    },
  );
  return {
    ...Object.fromEntries(numbers),
    ...(network ? { network: choice('network', network, networkNames) } : {}),
    ...(direction ? { direction: choice('direction', direction, ['both', 'in', 'out']) } : {}),
    ...(at ? { at: choice('at', at, ['router', 'everywhere']) } : {}),
    ...(from ? { from } : {}),
    ...(command ? { command } : {}),
    ...(ports ? { ports: ports.split(',').map((port) => numberOption('ports', port)) } : {}),
  };
}
