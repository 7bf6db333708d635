import { quote } from '../../../connections/ssh/index.ts';
import type { Command } from '../../../engine/phases/index.ts';

/** One line of /proc/swaps. */
export interface ActiveSwap {
  readonly name: string;
  readonly usedKiB: number;
  readonly priority: number;
}

/** Names in /proc/swaps have their blanks written as octal numbers. */
const decoded = (name: string) =>
  name.replace(/\\(\d{3})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 8)));

export function activeSwaps(text: string): ActiveSwap[] {
  const rows = text
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(/\s+/));
  return rows.flatMap(([name, , , used, priority]) =>
    name === undefined || used === undefined
      ? []
      : [{ name: decoded(name), usedKiB: Number(used), priority: Number(priority) }],
  );
}

/** What may bring swap by itself, beside fstab and units of its own. */
export const swapServices = [
  'dphys-swapfile',
  'zramswap',
  'zram-config',
  'nvzramconfig',
  'systemd-swap',
] as const;

/** A service or unit that brings swap at a boot, or has brought it. */
export interface SwapUnit {
  readonly name: string;
  /** `masked` where the unit is made anew at each boot, so that it cannot be disabled. */
  readonly off: 'disable' | 'mask';
  readonly active: boolean;
}

/** Lines of `name enabled? active?`, of the services above. */
export function readServices(lines: readonly string[]): SwapUnit[] {
  return lines.flatMap((line): SwapUnit[] => {
    const [name = '', enabled = '', active = ''] = line.split(' ');
    if (!enabled.startsWith('enabled')) return [];
    return [{ name, off: 'disable', active: active === 'active' }];
  });
}

/** Lines of `unit|fragment|source|enabled|active`. What fstab or the generator for zram makes is theirs. */
export function readUnits(lines: readonly string[]): SwapUnit[] {
  return lines.flatMap((line): SwapUnit[] => {
    const [name = '', fragment = '', source = '', enabled = '', active = ''] = line.split('|');
    const unit = { name, active: active === 'active' };
    if (!/^[\w@.:\\-]+\.swap$/.test(name) || source === '/etc/fstab') return [];
    if (/^\/run\/systemd\/generator/.test(fragment))
      return /^dev-zram\d+\.swap$/.test(name) ? [] : [{ ...unit, off: 'mask' }];
    return enabled.startsWith('enabled') ? [{ ...unit, off: 'disable' }] : [];
  });
}

export function unitOff({ name, off }: SwapUnit): Command {
  const command = `systemctl ${off} --now ${quote(name)}`;
  return { command, says: 'It no longer brings swap at a boot.', timeoutMs: 600_000 };
}

export function unitOn({ name, off, active }: SwapUnit): Command {
  const back = off === 'mask' ? 'unmask' : 'enable';
  const start = active ? ` && systemctl start ${quote(name)}` : '';
  return { command: `systemctl ${back} ${quote(name)}${start}`, timeoutMs: 120_000 };
}

export function swapOff({ name }: ActiveSwap): Command {
  return { command: `swapoff ${quote(name)}`, timeoutMs: 600_000 };
}

/** zram devices come back by what made them: their contents and size are gone with swapoff. */
export function swapOn({ name, priority }: Pick<ActiveSwap, 'name' | 'priority'>): Command {
  const zram = /^\/dev\/(zram\d+)$/.exec(name)?.[1];
  if (zram !== undefined)
    return {
      command: `systemctl restart systemd-zram-setup@${zram}.service && systemctl start dev-${zram}.swap`,
      timeoutMs: 60_000,
    };
  const first = priority >= 0 ? `-p ${priority} ` : '';
  return { command: `swapon ${first}${quote(name)}`, timeoutMs: 60_000 };
}
