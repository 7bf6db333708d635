import type { DeviceKind, DeviceStatus } from '../../../shared/model/inventory.ts';
import type { DevicePatch, TagChange } from '../inventory/inventory-store.ts';

/** Fields that can be set on many devices at once. Only the chosen ones are written. */
export interface BulkDraft {
  readonly status: Chosen<DeviceStatus>;
  readonly kind: Chosen<DeviceKind>;
  readonly rackId: Chosen<string | null>;
  readonly os: Chosen<string>;
  readonly sshUser: Chosen<string>;
  readonly sshPort: Chosen<number | null>;
  readonly sshJump: Chosen<string>;
  readonly addTags: readonly string[];
  readonly removeTags: readonly string[];
}

interface Chosen<T> {
  readonly on: boolean;
  readonly value: T;
}

export const blankBulk: BulkDraft = {
  status: { on: false, value: 'active' },
  kind: { on: false, value: 'server' },
  rackId: { on: false, value: null },
  os: { on: false, value: '' },
  sshUser: { on: false, value: '' },
  sshPort: { on: false, value: null },
  sshJump: { on: false, value: '' },
  addTags: [],
  removeTags: [],
};

const orNull = (text: string) => (text.trim() === '' ? null : text.trim());

export function bulkPatch(draft: BulkDraft): DevicePatch {
  return {
    ...(draft.status.on ? { status: draft.status.value } : {}),
    ...(draft.kind.on ? { kind: draft.kind.value } : {}),
    // A unit in the old rack means nothing in the new one.
    ...(draft.rackId.on ? { rackId: draft.rackId.value, position: null } : {}),
    ...(draft.os.on ? { os: orNull(draft.os.value) } : {}),
    ...(draft.sshUser.on ? { sshUser: orNull(draft.sshUser.value) } : {}),
    ...(draft.sshPort.on ? { sshPort: draft.sshPort.value } : {}),
    ...(draft.sshJump.on ? { sshJump: orNull(draft.sshJump.value) } : {}),
  };
}

export function bulkTags(draft: BulkDraft): TagChange | null {
  const { addTags: add, removeTags: remove } = draft;
  return add.length + remove.length === 0 ? null : { add, remove };
}
