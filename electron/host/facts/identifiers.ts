import type { FactsSections, Identifiers } from '../../../shared/model/facts.ts';
import { ofPlatform, usable } from './bsd.ts';
import type { Evidence } from './evidence.ts';
import { sysctl } from './sysctl.ts';
import { dmi } from './system.ts';
import { isContainer } from './virtualization.ts';

/** Undefined where nothing is told; a container sees the identifiers of its host, which are not its. */
export function identifiersOf(
  evidence: Evidence,
  { virtualization }: FactsSections,
): Identifiers | undefined {
  if (virtualization.status === 'ok' && isContainer(virtualization.data.kind)) return undefined;
  const told = {
    productUuid: uuidIn(
      dmi(evidence, 'product_uuid') ??
        sysctl(evidence, 'smbios.system.uuid', 'hw.uuid', 'machdep.dmi.system-uuid'),
    ),
    boardSerial:
      dmi(evidence, 'board_serial') ??
      usable(sysctl(evidence, 'smbios.planar.serial', 'machdep.dmi.board-serial')),
    chassisSerial:
      dmi(evidence, 'chassis_serial') ?? usable(sysctl(evidence, 'smbios.chassis.serial')),
    hostId: uuidIn(
      sysctl(evidence, 'kern.hostuuid') ??
        ofPlatform(evidence, 'IOPlatformUUID') ??
        evidence.line('/etc/hostid'),
    ),
  };
  const hidden = hiddenReason(evidence);
  if (hidden === null && Object.values(told).every((value) => value === null)) return undefined;
  return { ...told, hidden };
}

/** Null for what boards carry that nobody gave one: all the same digit, or counted up. */
function uuidIn(text: string | null): string | null {
  const uuid = text?.trim().toLowerCase() ?? '';
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(uuid)) return null;
  if (/^([0-9a-f])(\1|-)*$/.test(uuid) || uuid === '03000200-0400-0500-0006-000700080009')
    return null;
  return uuid;
}

const onlyForRoot = ['product_uuid', 'product_serial', 'board_serial', 'chassis_serial'];

function hiddenReason(evidence: Evidence): string | null {
  const isHidden = onlyForRoot.some((name) => evidence.unreadable(`/sys/class/dmi/id/${name}`));
  return isHidden ? 'Serial numbers and UUID of this machine may be read by root only.' : null;
}
