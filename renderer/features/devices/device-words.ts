import {
  type Icon,
  IconAccessPoint,
  IconArchive,
  IconBattery3,
  IconBox,
  IconCircleCheck,
  IconCircleDashed,
  IconCircleOff,
  IconCpu,
  IconDatabase,
  IconDeviceDesktopAnalytics,
  IconPackage,
  IconPlug,
  IconRouter,
  IconServer,
  IconServer2,
  IconSwitchHorizontal,
} from '@tabler/icons-react';
import type { DeviceKind, DeviceStatus } from '../../../shared/model/inventory.ts';
import type { Tone } from '../../ui/status-badge.tsx';

/** How the face names and draws what a device is. */
export const kindWords: Readonly<Record<DeviceKind, { label: string; icon: Icon }>> = {
  server: { label: 'Server', icon: IconServer },
  sbc: { label: 'Single-board computer', icon: IconCpu },
  'gpu-server': { label: 'GPU machine', icon: IconServer2 },
  nas: { label: 'NAS', icon: IconDatabase },
  switch: { label: 'Switch', icon: IconSwitchHorizontal },
  router: { label: 'Router', icon: IconRouter },
  'access-point': { label: 'Access point', icon: IconAccessPoint },
  ups: { label: 'UPS', icon: IconBattery3 },
  pdu: { label: 'PDU', icon: IconPlug },
  vm: { label: 'Virtual machine', icon: IconDeviceDesktopAnalytics },
  other: { label: 'Other', icon: IconBox },
};

export const statusWords: Readonly<
  Record<DeviceStatus, { label: string; icon: Icon; tone: Tone }>
> = {
  active: { label: 'Active', icon: IconCircleCheck, tone: 'ok' },
  planned: { label: 'Planned', icon: IconCircleDashed, tone: 'info' },
  offline: { label: 'Offline', icon: IconCircleOff, tone: 'danger' },
  spare: { label: 'Spare', icon: IconPackage, tone: 'neutral' },
  retired: { label: 'Retired', icon: IconArchive, tone: 'neutral' },
};

export const kindOptions = Object.entries(kindWords).map(([value, { label }]) => ({
  value,
  label,
}));
export const statusOptions = Object.entries(statusWords).map(([value, { label }]) => ({
  value,
  label,
}));
