import { runsContainers } from '../services/cgroups.ts';
import { dmi, ownClasses, unifiedCgroups } from './kernel-files.ts';
import type { NodeBuild } from './look.ts';

interface Maker {
  readonly vendor: string;
  readonly product: string;
  readonly board: string;
  /** SMBIOS chassis type: 3 desktop, 17 main server chassis, 35 mini PC. */
  readonly chassis: number;
}

const miniPc: Maker = {
  vendor: 'Beelink',
  product: 'SER5 Pro',
  board: 'AZW SER',
  chassis: 35,
};

export const makers: Readonly<Record<string, Maker>> = {
  router: { vendor: 'PC Engines', product: 'apu4', board: 'apu4', chassis: 3 },
  nas: { vendor: 'Supermicro', product: 'A2SDi-8C-HLN4F', board: 'A2SDi-8C-HLN4F', chassis: 17 },
  gpu: { vendor: 'ASUS', product: 'ProArt Station PD5', board: 'ProArt B660-CREATOR', chassis: 3 },
};

/** A PC: its maker and a serial number of its own. */
export function lookLikePc(build: NodeBuild): void {
  const maker = makers[build.spec.look] ?? miniPc;
  const id = build.machineId;
  const serial = id.slice(0, 12).toUpperCase();
  ownClasses(build);
  dmi(build, {
    sys_vendor: maker.vendor,
    product_name: maker.product,
    product_serial: serial,
    product_uuid: id.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, '$1-$2-$3-$4-$5'),
    board_vendor: maker.vendor,
    board_name: maker.board,
    board_serial: `B${serial}`,
    chassis_vendor: maker.vendor,
    chassis_type: String(maker.chassis),
    bios_vendor: 'American Megatrends International, LLC.',
    bios_version: '5.19',
    bios_date: '03/14/2024',
  });
  // One that runs containers gets the real, writable hierarchies instead; see services/cgroups.ts.
  if (!runsContainers(build.spec)) unifiedCgroups(build);
}
