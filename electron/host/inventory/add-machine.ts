import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Facts } from '../../../shared/model/facts.ts';
import {
  type DeviceFields,
  type DeviceKind,
  type DeviceRow,
  deviceFields,
} from '../../../shared/model/inventory.ts';
import type { SshTarget } from '../../../shared/model/ssh.ts';
import type { Database } from '../db/index.ts';
import { deviceOrThrow } from './device-lookup.ts';
import { insertDevice } from './devices.ts';
import type { Way } from './identity/index.ts';
import { parseInput } from './input.ts';
import { everything, type ObservationFlow } from './observation-flow.ts';

export interface AddMachineInput {
  readonly facts: Facts;
  readonly target: SshTarget;
  /** How it was reached, as evidence of which machine it is; left out: by `target` as it stands. */
  readonly way?: Way | undefined;
  /** Existing device that the machine is; what is declared of it stays as it is. */
  readonly deviceId: string | null;
  /** Id of a new device, where it was given beforehand. */
  readonly newId?: string | undefined;
  readonly name: string;
  readonly kind: DeviceKind;
  readonly rackId: string | null;
  /** Also take the observed values as declared. */
  readonly acceptFacts: boolean;
  /** For an existing device: replace its declared SSH settings by this target. Default: no. */
  readonly replaceSsh?: boolean | undefined;
  readonly source: 'app' | 'cli' | 'import';
}

/** A machine with its SSH settings, facts and identity keys, as one change set to undo at once. */
export function addMachine(
  db: Database,
  flow: ObservationFlow,
  input: AddMachineInput,
): { deviceId: string; changeSetId: string } {
  const known = input.deviceId === null ? undefined : deviceOrThrow(db, input.deviceId);
  const title = known ? `Connected ${known.name} over SSH` : `Added ${input.name} over SSH`;
  const { result, changeSetId } = db.change({ title, source: input.source }, () =>
    putMachine(db, flow, input),
  );
  return { deviceId: result, changeSetId };
}

/** The same inside a change set; the device's id. */
export function putMachine(
  db: Database,
  flow: ObservationFlow,
  input: Omit<AddMachineInput, 'source'>,
): string {
  const known = input.deviceId === null ? undefined : deviceOrThrow(db, input.deviceId);
  const deviceId = known?.id ?? insertMachine(db, input);
  if (known) declareSsh(db, known, input);
  flow.record(deviceId, input.facts, input.way ?? { target: input.target });
  if (input.acceptFacts) flow.accept(deviceId, everything);
  return deviceId;
}

function insertMachine(db: Database, input: Omit<AddMachineInput, 'source'>): string {
  const { name, kind, rackId, target } = input;
  // It just answered, so it runs.
  const fields = { name, kind, rackId, status: 'active', ...sshSettings(target) } as const;
  return insertDevice(db, fields, input.newId);
}

/**
 * What is declared stays. What is missing is filled in, but only where it leads to the same host: a
 * port or a jump of another way in would break the declared one.
 */
export function declareSsh(
  db: Database,
  known: DeviceRow,
  { target, replaceSsh }: Pick<AddMachineInput, 'target' | 'replaceSsh'>,
): void {
  const reached = parseInput(deviceFields.pick(sshFields), sshSettings(target));
  const missing = Object.entries(reached).filter(
    ([field]) => known[field as keyof SshSettings] === null, // the keys of `reached` are just these
  );
  const sameHost = known.sshHost?.toLowerCase() === target.host.toLowerCase();
  if (replaceSsh) db.tables.devices.update(known.id, reached);
  else if (known.sshHost === null || sameHost) {
    db.tables.devices.update(known.id, Object.fromEntries(missing));
  }
}

const sshFields = {
  sshHost: true,
  sshPort: true,
  sshUser: true,
  sshIdentityFile: true,
  sshJump: true,
} as const;

type SshSettings = Pick<DeviceFields, keyof typeof sshFields>;

function sshSettings(target: SshTarget): SshSettings {
  return {
    sshHost: target.host,
    sshPort: target.port ?? null,
    sshUser: target.user ?? null,
    sshIdentityFile: target.identityFile ?? null,
    sshJump: target.jump && target.jump.length > 0 ? target.jump.join(',') : null,
  };
}

/**
 * How to reach a device; `at` is where, when it declares no SSH host. Throws INVALID_INPUT when nothing
 * says where it is, with what could be tried as `offer`.
 */
export function sshTargetOf(db: Database, deviceId: string, at?: string): SshTarget {
  const device = deviceOrThrow(db, deviceId);
  const host = device.sshHost || at;
  // An address is tried only when somebody says so: in a plan, and in the sample, it may be some other
  // machine's.
  if (!host) {
    const offer = device.primaryAddress ?? device.hostname;
    throw new RackhelmError('INVALID_INPUT', `${device.name} has no SSH host to connect to.`, {
      hint: offer
        ? `Its declared ${device.primaryAddress ? 'address' : 'host name'} is ${offer}. Connect to that, or name its SSH host under Details.`
        : 'Name its SSH host under Details, or add the machine over SSH.',
      data: { field: 'sshHost', ...(offer && { offer, user: device.sshUser }) },
    });
  }
  const jump = (device.sshJump ?? '').split(',').map((hop) => hop.trim());
  return {
    host,
    ...(device.sshPort !== null && { port: device.sshPort }),
    ...(device.sshUser && { user: device.sshUser }),
    ...(device.sshIdentityFile && { identityFile: device.sshIdentityFile }),
    ...(jump[0] && { jump: jump.filter((hop) => hop !== '') }),
  };
}
