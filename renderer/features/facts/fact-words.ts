import type { SectionData } from '../../../shared/model/facts.ts';
import { formatBytes, formatCount, formatUptime } from '../../ui/formatting.ts';
import { told } from './kind-words.ts';

export function modelText({ manufacturer, model }: SectionData<'model'>): string {
  // Many makers repeat their own name in the model.
  if (manufacturer === null || model.startsWith(manufacturer)) return model;
  return `${manufacturer} ${model}`;
}

export function cpuText(cpu: SectionData<'cpu'>): string {
  const parts = [
    told(cpu.model),
    formatCount(cpu.cores, 'core'),
    cpu.threads === cpu.cores ? null : formatCount(cpu.threads, 'thread'),
    cpu.maxMhz === null ? null : `up to ${(cpu.maxMhz / 1000).toFixed(1)} GHz`,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

export function memoryText({ totalBytes, availableBytes }: SectionData<'memory'>): string {
  const free = availableBytes === null ? '' : `, ${formatBytes(availableBytes)} available`;
  return `${formatBytes(totalBytes)}${free}`;
}

export function swapText({ swapTotalBytes, swapFreeBytes }: SectionData<'memory'>): string {
  if (swapTotalBytes === 0) return 'none';
  return `${formatBytes(swapTotalBytes)}, ${formatBytes(swapTotalBytes - swapFreeBytes)} used`;
}

/** More than this apart from this computer's clock is worth saying. */
const tolerableSkewSeconds = 5;

export function clockText(time: SectionData<'time'>, collectedAt: number): string {
  const synchronized = {
    true: 'synchronized',
    false: 'not synchronized',
    null: 'synchronization unknown',
  };
  const skew = Math.round(time.epochSeconds - collectedAt / 1000);
  const parts = [
    synchronized[`${time.synchronized}`],
    time.source,
    time.timezone,
    Math.abs(skew) > tolerableSkewSeconds
      ? `${Math.abs(skew)} s ${skew > 0 ? 'ahead of' : 'behind'} this computer`
      : null,
  ];
  return parts.filter((part) => part !== null).join(', ');
}

export function loadText(load: SectionData<'load'>): string {
  const numbers = [load.one, load.five, load.fifteen].map((each) => each.toFixed(2)).join('  ');
  return load.uptimeSeconds === null
    ? numbers
    : `${numbers}, up ${formatUptime(load.uptimeSeconds)}`;
}

export function kubernetesText(kubernetes: SectionData<'kubernetes'>): string {
  const running = { true: 'running', false: 'stopped', null: null }[`${kubernetes.running}`];
  const name = kubernetes.distribution === 'k3s' ? 'K3s' : 'kubelet';
  return [name, told(kubernetes.version), kubernetes.role, running]
    .filter((part) => part !== null)
    .join(', ');
}
