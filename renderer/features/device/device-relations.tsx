import { IconPlus } from '@tabler/icons-react';
import type { KindName } from '../../../shared/model/kinds/index.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import { inSentence } from '../../../shared/model/kinds/words.ts';
import { useApp } from '../../app/app-context.ts';
import { useResource } from '../../rpc/use-resource.ts';
import { Button } from '../../ui/button.tsx';
import { RecordFields } from '../records/page/record-fields.tsx';
import { Related } from '../records/page/related.tsx';
import { fieldGroups } from './device-fields.ts';

const inGroups: ReadonlySet<string> = new Set([
  ...fieldGroups.flatMap(({ fields }) => fields.map(({ key }) => key)),
  'rack',
]);
const furtherFields = Object.keys(kindOf('device').fields).filter((name) => !inGroups.has(name));

/** What is declared of a device beside what its groups hold. */
export function FurtherFields({ id }: { readonly id: string }) {
  const state = useResource(useApp().records.one('device', id));
  if (state.status !== 'ready') return null;
  return <RecordFields kind="device" record={state.data.record} names={furtherFields} />;
}

/** Shown in sections of their own. */
const own: readonly string[] = ['interface.device', 'power-point.device', 'service-runs-on.device'];

/** Everything else that refers to the device. */
export function DeviceRelations({ id }: { readonly id: string }) {
  const state = useResource(useApp().records.one('device', id));
  if (state.status !== 'ready') return null;
  return <Related kind="device" id={id} dependents={state.data.dependents} without={own} />;
}

interface AddToDeviceProps {
  readonly id: string;
  readonly record: KindName;
  readonly label?: string;
}

export function AddToDevice({ id, record, label }: AddToDeviceProps) {
  const { dialogs } = useApp();
  return (
    <Button
      icon={IconPlus}
      onClick={() => dialogs.setState({ kind: 'add-record', record, values: { device: id } }, true)}
    >
      {label ?? `Add ${inSentence(kindOf(record).label)}`}
    </Button>
  );
}
