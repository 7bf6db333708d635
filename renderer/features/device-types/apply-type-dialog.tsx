import { useEffect, useState } from 'react';
import type { AppliedDevice, DeviceTypeRow } from '../../../shared/contract/device-types.ts';
import { kindOf } from '../../../shared/model/kinds/index.ts';
import { countOf, inSentence } from '../../../shared/model/kinds/words.ts';
import { useApp } from '../../app/app-context.ts';
import { type Failure, isAbort, toFailure } from '../../rpc/failure.ts';
import { Callout } from '../../ui/error-state.tsx';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { Lines, PlainTable } from '../../ui/plain-table.tsx';
import classes from './device-types.module.css';
import { chosenBy, keyOf } from './device-types-store.ts';
import { TypeSelect } from './type-select.tsx';

interface ApplyTypeProps {
  readonly ids: readonly string[];
  readonly onClose: () => void;
}

const devicesShown = 100;

/** Gives devices a type and the ports of it that they lack; what they have stays as it is. */
export function ApplyTypeDialog({ ids, onClose }: ApplyTypeProps) {
  const { deviceTypes } = useApp();
  const [type, setType] = useState<DeviceTypeRow | null>(null);
  const { devices, failure } = useApplyPreview(type, ids);

  async function submit(): Promise<Failure | null> {
    if (type === null) return null;
    const outcome = await deviceTypes.apply(chosenBy(keyOf(type)), ids);
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }

  return (
    <FormDialog
      title="Apply a device type"
      size="lg"
      submit={`Apply to ${formatCount(ids.length, 'device')}`}
      disabled={devices === null}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.import}>
        <TypeSelect
          label="Device type"
          description="Ports that are missing are added. Nothing that is there is changed."
          value={type}
          onChange={setType}
        />
        {failure !== null && (
          <Callout tone="danger" title={failure.message}>
            {failure.hint}
          </Callout>
        )}
        {devices !== null && (
          <PlainTable
            label="What would be added"
            columns={[{ title: 'Device' }, { title: 'Gets' }]}
            rows={devices.slice(0, devicesShown).map((device) => [
              <bdi key="name" className={classes.typeName}>
                {device.name}
              </bdi>,
              <Gets key="gets" device={device} />,
            ])}
          />
        )}
      </div>
    </FormDialog>
  );
}

function Gets({ device: { adds, fields } }: { readonly device: AppliedDevice }) {
  if (adds.length + fields.length === 0) return 'nothing but the type; it has all of it';
  return (
    <Lines>
      {[
        ...adds.map(({ kind, count, names }) => {
          const more = count - names.length;
          const named = names.join(', ');
          const tail = more > 0 ? ` and ${more} more` : '';
          return <bdi key={kind}>{`${countOf(kindOf(kind), count)}: ${named}${tail}`}</bdi>;
        }),
        ...(fields.length > 0 ? [fields.map(inSentence).join(', ')] : []),
      ]}
    </Lines>
  );
}

interface Outlook {
  readonly devices: readonly AppliedDevice[] | null;
  readonly failure: Failure | null;
}

function useApplyPreview(type: DeviceTypeRow | null, ids: readonly string[]): Outlook {
  const { deviceTypes } = useApp();
  const [state, setState] = useState<Outlook>({ devices: null, failure: null });
  useEffect(() => {
    setState({ devices: null, failure: null });
    if (type === null) return;
    const control = new AbortController();
    deviceTypes
      .applyPreview(chosenBy(keyOf(type)), ids, control.signal)
      .then(({ devices }) => setState({ devices, failure: null }))
      .catch((error: unknown) => {
        if (control.signal.aborted || isAbort(error)) return;
        setState({ devices: null, failure: toFailure(error) });
      });
    return () => control.abort();
  }, [deviceTypes, type, ids]);
  return state;
}
