import { type Xid, xidOf } from '../../../../shared/gpus/xid.ts';
import { harmless } from '../../connections/ssh/index.ts';

export interface KernelEvent extends Xid {
  /** Of the card on the bus, `0000:01:00.0`; null: the line does not tell. */
  readonly busId: string | null;
  /** Seconds after the boot; null: the line does not tell. */
  readonly atUptime: number | null;
  readonly line: string;
}

/** What the kernel wrote of its cards since it started; codes of other vendors than NVIDIA are 0. */
export function readKernelLog(text: string): KernelEvent[] {
  // The first line says where the others come from.
  return text
    .split('\n')
    .slice(1)
    .filter((line) => line.trim() !== '')
    .map((raw) => {
      const line = harmless(raw).slice(0, 400);
      const [, bus, code] =
        /NVRM: Xid \((?:PCI:)?([0-9a-fA-F:.]{4,20})\): (\d{1,4})/.exec(line) ?? [];
      const uptime = /^\[ *(\d{1,12}(?:\.\d{1,9})?)\]/.exec(line)?.[1];
      return {
        ...(code === undefined ? otherOf(line) : xidOf(Number(code))),
        busId: bus === undefined ? null : bus.toLowerCase(),
        atUptime: uptime === undefined ? null : Number(uptime),
        line,
      };
    });
}

function otherOf(line: string): Xid {
  if (/fallen off/i.test(line)) return xidOf(79);
  if (/API mismatch/i.test(line))
    return {
      code: 0,
      cause: 'card',
      says: 'A library of the driver is another version than the driver that is loaded.',
    };
  return {
    code: 0,
    cause: 'card',
    says: 'The driver had to reset the card, or lost what it was at.',
  };
}
