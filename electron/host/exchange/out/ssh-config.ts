import { inComment, type Machine, safeName, sshOptions } from './machines.ts';

/** A part for ~/.ssh/config, to be named there by Include. */
export function writeSshConfig(machines: readonly Machine[]): string {
  const taken = new Set(machines.map(({ alias }) => alias));
  const blocks = machines.map((machine) =>
    machine.address === null
      ? `# ${inComment(machine.device.name)}: left out, without an address\n`
      : hostBlock(machine, machine.address, taken),
  );
  return `# Written by Rackhelm; edits here are lost at the next export.\n${blocks.join('\n')}`;
}

function hostBlock({ device, alias }: Machine, host: string, taken: ReadonlySet<string>): string {
  const { name, hostname, sshUser, sshPort, sshIdentityFile, sshJump } = device;
  const other = hostname !== null && !taken.has(hostname) && safeName(hostname) === hostname;
  const lines = [`Host ${alias}${other ? ` ${hostname}` : ''}`, `    HostName ${host}`];
  const option = (word: string, value: string | null, isSafe: (value: string) => boolean) => {
    if (value === null) return;
    if (isSafe(value)) lines.push(`    ${word} ${/\s/.test(value) ? `"${value}"` : value}`);
    else lines.push(`    # ${word} is left out: ${inComment(value)}`);
  };
  option('User', sshUser, sshOptions.user);
  option('Port', sshPort === null ? null : String(sshPort), () => true);
  option('IdentityFile', sshIdentityFile, sshOptions.file);
  option('ProxyJump', sshJump, sshOptions.jump);
  const comment = alias === name ? '' : `# ${inComment(name)}\n`;
  return `${comment}${lines.map((line) => `${line}\n`).join('')}`;
}
