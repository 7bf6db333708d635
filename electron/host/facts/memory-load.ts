import { loadOf, memoryOf, uptimeOf } from './bsd.ts';
import type { Evidence } from './evidence.ts';
import { failed, ok, type SectionParser } from './outcome.ts';
import { containerKind } from './virtualization.ts';

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
  const limit = limitOf(evidence);
  const isLimited = limit !== null && limit.bytes < totalBytes;
  return ok({
    totalBytes: isLimited ? limit.bytes : totalBytes,
    availableBytes: isLimited ? limit.left(bytes('MemAvailable')) : bytes('MemAvailable'),
    swapTotalBytes: bytes('SwapTotal') ?? 0,
    swapFreeBytes: bytes('SwapFree') ?? 0,
  });
};

/** A container sees the memory of its host; what its own group may use stands beside. */
function limitOf(evidence: Evidence) {
  if (containerKind(evidence) === null) return null;
  const number = (...paths: readonly string[]): number | null => {
    const told = paths.map((path) => evidence.line(`/sys/fs/cgroup/${path}`)).find(Boolean);
    return told && /^[1-9]\d{0,15}$/.test(told) && Number.isSafeInteger(Number(told))
      ? Number(told)
      : null;
  };
  const bytes = number('memory.max', 'memory/memory.limit_in_bytes');
  if (bytes === null) return null;
  const used = number('memory.current', 'memory/memory.usage_in_bytes');
  const left = (ofHost: number | null): number | null =>
    used === null ? null : Math.min(ofHost ?? bytes, Math.max(0, bytes - used));
  return { bytes, left };
}

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
