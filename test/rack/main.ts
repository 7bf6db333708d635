import { spawn } from 'node:child_process';
import {
  faultOptions,
  numberOption,
  parseCommandLine,
  splitShell,
  usage,
  type Values,
} from './command-line.ts';
import { downRack } from './down.ts';
import { clearFault, faultKinds, faults, setFault } from './faults/index.ts';
import { insideNode, restartNode } from './node-process.ts';
import type { NodeSpec } from './node-spec.ts';
import { profileNames } from './profiles.ts';
import { RackError } from './rack-error.ts';
import { requireRack } from './requirements.ts';
import { sshConfigText } from './ssh-config.ts';
import { type RackDescription, RackState } from './state.ts';
import { type NodeStatus, statusOf } from './status.ts';
import { upRack } from './up.ts';

function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`);
}

function runningRack(name: string): { state: RackState; description: RackDescription } {
  const state = new RackState(name);
  const description = state.exists() ? state.description() : null;
  if (!description?.complete) throw new RackError(`No rack named ${name} runs.`);
  return { state, description };
}

async function up(values: Values): Promise<void> {
  const profile = profileNames.find((one) => one === values.profile);
  if (!profile) throw new RackError(`--profile must be one of ${profileNames.join(', ')}.`);
  const nodes = values.nodes === undefined ? {} : { nodes: numberOption('nodes', values.nodes) };
  const startedAt = Date.now();
  const state = await upRack({ name: values.name, profile, ...nodes });
  const { description } = runningRack(state.name);
  if (values['ssh-config']) {
    print(sshConfigText(state, description));
    return;
  }
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  print(`The rack ${state.name} is up after ${seconds} s: ${description.specs.length} nodes.`);
  print(`ssh configuration: ${state.path('ssh_config')}`);
  print(`Try: ssh -F ${state.path('ssh_config')} ${description.specs[0]?.name}`);
}

function status(values: Values): void {
  const state = new RackState(values.name);
  const description = state.exists() ? state.description() : null;
  const nodes = description?.complete ? statusOf(state, description) : [];
  if (values.json) print(JSON.stringify(nodes, null, 2));
  else if (nodes.length === 0) print(`No rack named ${values.name} runs.`);
  else print(nodes.map(statusLine).join('\n'));
}

function statusLine(node: NodeStatus): string {
  const addresses = Object.entries(node.addresses).map(([name, { ipv4 }]) => `${name} ${ipv4}`);
  const faults = node.faults.length > 0 ? `  faults: ${node.faults.join(' ')}` : '';
  return `${node.name.padEnd(10)} ${node.state.padEnd(5)} ${addresses.join('  ')}${faults}`;
}

function specOf(description: RackDescription, node: string | undefined): NodeSpec {
  const found = description.specs.find((spec) => spec.name === node);
  if (found) return found;
  const names = description.specs.map((spec) => spec.name).join(' ');
  throw new RackError(`Name one of the nodes: ${names}.`);
}

async function fault(values: Values, [node, name]: readonly string[]): Promise<void> {
  const { state, description } = runningRack(values.name);
  const target = { state, description, spec: specOf(description, node) };
  const kind = faultKinds.find((one) => one === name);
  if (!kind) {
    const known = faultKinds.map((one) => `  ${one.padEnd(20)} ${faults[one].description}`);
    throw new RackError(`Name the kind of fault:\n${known.join('\n')}`);
  }
  if (values.off) await clearFault(target, kind);
  else await setFault(target, kind, faultOptions(values));
  print(`${kind} is ${values.off ? 'off' : 'on'} at ${target.spec.name}.`);
}

async function reboot(values: Values, [node]: readonly string[]): Promise<void> {
  const { state, description } = runningRack(values.name);
  const { name } = specOf(description, node);
  await restartNode(state, name);
  print(`${name} is back.`);
}

function accounts(values: Values): void {
  const { description } = runningRack(values.name);
  const rows = description.accounts.map((account) => ({
    ...account,
    nodes: description.specs
      .filter((spec) => spec.accounts.includes(account.user))
      .map((spec) => spec.name),
  }));
  if (values.json) {
    print(JSON.stringify(rows, null, 2));
    return;
  }
  for (const { user, description: what, password, passphrase, identityFile, nodes } of rows) {
    print(`${user}: ${what}`);
    if (identityFile)
      print(`  key ${identityFile}${passphrase ? `, passphrase ${passphrase}` : ''}`);
    if (password) print(`  password ${password}`);
    print(`  on ${nodes.join(' ')}`);
  }
}

async function shell(values: Values, [node, ...command]: readonly string[]): Promise<number> {
  const { state, description } = runningRack(values.name);
  if (!node || !description.specs.some((spec) => spec.name === node)) {
    throw new RackError(
      `Name one of the nodes: ${description.specs.map((s) => s.name).join(' ')}.`,
    );
  }
  const [program, ...args] = insideNode(state, node);
  const run = command.length > 0 ? ['sh', '-c', command.join(' ')] : ['sh', '-l'];
  const child = spawn(program, [...args, ...run], { stdio: 'inherit' });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? 1));
  });
}

async function main(args: readonly string[]): Promise<number> {
  const { own, command: inner } = splitShell(args);
  const { values, positionals } = parseCommandLine(own);
  const [command, ...rest] = positionals;
  if (values.help || !command) {
    print(usage);
    return values.help ? 0 : 1;
  }
  requireRack([]);
  switch (command) {
    case 'up':
      await up(values);
      return 0;
    case 'down':
      await downRack(values.name);
      return 0;
    case 'status':
      status(values);
      return 0;
    case 'accounts':
      accounts(values);
      return 0;
    case 'fault':
      await fault(values, rest);
      return 0;
    case 'reboot':
      await reboot(values, rest);
      return 0;
    case 'shell':
      return shell(values, [...rest, ...inner]);
    case 'ssh-config': {
      const { state, description } = runningRack(values.name);
      print(sshConfigText(state, description));
      return 0;
    }
    default:
      throw new RackError(`"${command}" is no command of the rack; try --help.`);
  }
}

// `npm run rack -- accounts | head` closes the pipe early, which is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof RackError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
