import { quote } from '../../../connections/ssh/index.ts';
import type { LookContext, PhaseContext } from '../../../engine/jobs/index.ts';
import type { Machine } from '../../../engine/machines/index.ts';
import {
  type Command,
  look,
  notPossible,
  type Part,
  runCommand,
  told,
} from '../../../engine/phases/index.ts';

export interface KeyLogin {
  readonly machine: Machine;
  readonly user: string;
  /** `ssh-ed25519 AAAA…`: with this key alone; null: with whichever key is at hand. */
  readonly publicKey: string | null;
  readonly signal: AbortSignal;
}

/**
 * A new login with keys alone, no password and no connection that stands already. `no-key`: the private
 * part is not at hand. Throws SSH_* where the machine is not reached.
 */
export type TryKeyLogin = (asked: KeyLogin) => Promise<'in' | 'refused' | 'no-key'>;

/** Says on one line how sshd is told to read its settings anew; connections that stand go on. */
export const howAsked = [
  'if [ -d /run/systemd/system ]; then',
  '  for u in ssh sshd; do systemctl is-active "$u.service" >/dev/null 2>&1 && { echo "systemctl reload $u.service"; exit 0; }; done',
  '  systemctl is-active ssh.socket >/dev/null 2>&1 && { echo true; exit 0; }',
  'fi',
  'if command -v rc-service >/dev/null && rc-service sshd status >/dev/null 2>&1; then echo "rc-service sshd reload"; exit 0; fi',
  'for f in "$(sshd -T 2>/dev/null | sed -n "s/^pidfile //p")" /run/sshd.pid /var/run/sshd.pid; do',
  '  [ -s "$f" ] && grep -q sshd "/proc/$(cat "$f")/comm" 2>/dev/null && { echo "kill -HUP \\"\\$(cat $f)\\""; exit 0; }',
  'done',
  'exit 1',
].join('\n');

const knownWays =
  /^(true|systemctl reload sshd?\.service|rc-service sshd reload|kill -HUP "\$\(cat [\w./-]+\)")$/;

export function reloading(part: Part): Command {
  const way = part.text.trim();
  if (part.exitCode !== 0 || !knownWays.test(way))
    throw notPossible('Rackhelm does not find the sshd that runs there, to reload it.');
  return { command: way, says: 'sshd reads its settings; connections that stand go on.' };
}

export const testSshd: Command = { command: 'sshd -t', says: 'sshd looks at its settings itself.' };

/** sshd accepts what stands there now, and runs with it. */
export async function reloadSshd(context: PhaseContext): Promise<void> {
  const { parts } = await look(context, { how: howAsked }, { named: 'sshd', root: true });
  await runCommand(context, testSshd);
  await runCommand(context, reloading(parts.how));
}

/** The address that we come from, as sshd's Match blocks see it. */
export async function cameFrom(context: LookContext): Promise<string> {
  const asked = { from: `printf '%s' "$SSH_CONNECTION"` };
  const { parts } = await look(context, asked, { named: 'where we come from' });
  const [address = ''] = parts.from.text.trim().split(' ');
  return /^[0-9a-fA-F:.]{2,45}$/.test(address) ? address : '127.0.0.1';
}

/** `sshd -T` as it is for one user from one address. */
export function settingsFor(user: string, address: string): string {
  return `sshd -T -C ${quote(`user=${user},host=${address},addr=${address}`)}`;
}

export type SshdSettings = ReadonlyMap<string, readonly string[]>;

/** Lower-case keywords with all that was said for each. */
export function readSettings(part: Part): SshdSettings {
  const settings = new Map<string, string[]>();
  for (const line of told(part).split('\n')) {
    const [, key, value] = /^(\w+)\s+(.*)$/.exec(line.trim()) ?? [];
    if (key === undefined || value === undefined) continue;
    settings.set(key.toLowerCase(), [...(settings.get(key.toLowerCase()) ?? []), value]);
  }
  return settings;
}
