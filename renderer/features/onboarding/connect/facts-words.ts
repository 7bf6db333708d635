import type {
  FactsSummary,
  SummedDisk,
  SummedLink,
} from '../../../../shared/onboarding/facts-summary.ts';
import { formatBytes } from '../../../ui/formatting.ts';

const diskKindWords: Readonly<Record<SummedDisk['kind'], string>> = {
  nvme: 'NVMe',
  ssd: 'SSD',
  hdd: 'hard disk',
  'sd-card': 'SD card',
  emmc: 'eMMC',
  usb: 'USB',
  virtual: 'virtual disk',
  unknown: 'disk',
};

/** `128 GB SD card, mmcblk0`. */
export function diskText({ name, kind, sizeBytes, model }: SummedDisk): string {
  const words = `${formatBytes(sizeBytes)} ${diskKindWords[kind]}`;
  return [words, model ?? name].join(', ');
}

/** `1 Gbit/s, 10.0.0.5/24 by DHCP, on sw-1 port 3`. */
export function linkText({ speedMbps, up, addresses, neighbour }: SummedLink): string {
  const speed = speedMbps === null ? null : speedText(speedMbps);
  const held = addresses.map(({ address, dynamic }) => `${address}${dynamic ? ' by DHCP' : ''}`);
  const other = neighbour && [neighbour.device, neighbour.port].filter(Boolean).join(' port ');
  const parts = [up ? speed : 'down', ...held, other ? `on ${other}` : null].filter(Boolean);
  return parts.join(', ');
}

function speedText(mbps: number): string {
  return mbps >= 1000 ? `${mbps / 1000} Gbit/s` : `${mbps} Mbit/s`;
}

/** What kind of machine it is: `Raspberry Pi 4 Model B`, else what it says of its board. */
export function modelText({ manufacturer, model, board }: FactsSummary): string {
  // Boards say their maker twice: `Raspberry Pi`, `Raspberry Pi 4 Model B`.
  const twice = manufacturer !== null && (model?.startsWith(manufacturer) ?? false);
  const named = [twice ? null : manufacturer, model].filter(Boolean).join(' ');
  if (named !== '') return named;
  if (board === 'virtual') return 'a virtual machine';
  return board === 'container' ? 'a container' : 'a machine of unknown make';
}
