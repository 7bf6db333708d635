import type { AppliedDevice } from '../../../shared/contract/device-types.ts';
import { formatCount } from '../../../shared/model/amounts.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import type { Database } from '../db/index.ts';
import { applyType, lackingOf } from './apply-type.ts';
import { type ChosenType, insertDeviceOfType, takenType } from './device-of-type.ts';
import { storedType } from './stored-type.ts';
import { titleOfType } from './type-draft.ts';

type Source = 'app' | 'cli';

export interface DeviceOfType {
  readonly type: ChosenType;
  readonly values: Values;
}

export interface AppliedType {
  readonly type: ChosenType;
  readonly ids: readonly string[];
}

/** One change set: the type, where it is new, the device and everything that it has. */
export function createDeviceOfType(
  db: Database,
  { type, values }: DeviceOfType,
  source: Source = 'app',
): { id: string; changeSetId: string } {
  const title = `Added ${values.name}`;
  const { result, changeSetId } = db.change({ title, source }, () =>
    insertDeviceOfType(db, takenType(db, type), values),
  );
  return { id: result, changeSetId };
}

/** What these devices would get; nothing is written. */
export function previewApply(
  db: Database,
  { type, ids }: AppliedType,
): { title: string; devices: AppliedDevice[] } {
  const draft = 'id' in type ? storedType(db, type.id) : type.draft;
  return {
    title: titleOfType(draft.values),
    devices: ids.map((id) => lackingOf(db, draft, id)),
  };
}

export function applyTypeTo(
  db: Database,
  { type, ids }: AppliedType,
  source: Source = 'app',
): { changeSetId: string } {
  const { changeSetId } = db.change({ title: 'Applied a device type', source }, (changeSet) => {
    const used = takenType(db, type);
    for (const id of ids) applyType(db, used, id);
    const to = formatCount(ids.length, 'device');
    changeSet.rename(`Applied the type ${titleOfType(used.values)} to ${to}`);
  });
  return { changeSetId };
}
