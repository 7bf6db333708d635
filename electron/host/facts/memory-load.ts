import { loadOf, memoryOf, uptimeOf } from './bsd.ts';
import { failed, ok, type SectionParser } from './outcome.ts';

export const parseMemory: SectionParser<'memory'> = (evidence) => {
  const lines = evidence.lines('/proc/meminfo');
  if (!lines) {
    const ofSystem = memoryOf(evidence);
    return ofSystem ? ok(ofSystem) : failed('/proc/meminfo is not readable.');
  }
  const bytes = (key: string): number | null => {
    const line = lines.find((candidate) => candidate.startsWith(`${key}:`));
    const [, kib] = /:\s*(\d+)\s*kB/.exec(line ?? '') ?? [];
    const told = Number(kib ?? Number.NaN) * 1024;
    // A counter that fell below zero is no size.
    return Number.isSafeInteger(told) ? told : null;
  };
  const totalBytes = bytes('MemTotal');
  if (totalBytes === null) return failed('/proc/meminfo was not understood.');
  return ok({
    totalBytes,
    availableBytes: bytes('MemAvailable'),
    swapTotalBytes: bytes('SwapTotal') ?? 0,
    swapFreeBytes: bytes('SwapFree') ?? 0,
  });
};

export const parseLoad: SectionParser<'load'> = (evidence) => {
  const loadavg = evidence.line('/proc/loadavg');
  const [, one, five, fifteen] = /^([\d.]+) ([\d.]+) ([\d.]+) /.exec(loadavg ?? '') ?? [];
  if (!one || !five || !fifteen) {
    const load = loadOf(evidence);
    if (!load) return failed('/proc/loadavg is not readable.');
    return ok({ one: load[0], five: load[1], fifteen: load[2], uptimeSeconds: uptimeOf(evidence) });
  }
  const uptime = Number.parseFloat(evidence.line('/proc/uptime') ?? '');
  return ok({
    one: Number(one),
    five: Number(five),
    fifteen: Number(fifteen),
    uptimeSeconds: Number.isFinite(uptime) ? uptime : null,
  });
};
