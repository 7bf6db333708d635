import { Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { DeviceFields } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import { besideField } from '../../app/field-failure.ts';
import { askForField, useFieldRequest, useWantedField } from '../../app/field-request.ts';
import { EditableField } from '../../ui/editable-field.tsx';
import { Section } from '../../ui/section.tsx';
import classes from './device.module.css';
import type { FieldSpec } from './device-fields.ts';
import type { DeviceDetails } from './device-store.ts';

type Key = keyof DeviceFields;

/** Shown though they are empty: without a way in nothing can be read. */
const always: ReadonlySet<Key> = new Set<Key>(['name', 'kind', 'status', 'sshHost']);

interface FieldGroupProps {
  readonly title: string;
  readonly fields: readonly FieldSpec[];
  readonly device: DeviceDetails['device'];
}

/** What is declared of one group; the fields that are empty wait behind one button. */
export function FieldGroup({ title, fields, device }: FieldGroupProps) {
  // A field that was emptied here stays, so that nothing moves under the pointer.
  const [seen, setSeen] = useState<ReadonlySet<Key>>(() => new Set(filled(fields, device)));
  const wanted = useWantedField(device.id);
  const asked = fields.find(({ key }) => key === wanted)?.key;
  const nowFilled = filled(fields, device);
  const shown = new Set<Key>([...always, ...seen, ...nowFilled, ...(asked ? [asked] : [])]);
  useEffect(() => {
    if (asked !== undefined) setSeen((before) => new Set([...before, asked]));
  }, [asked]);
  const missing = fields.filter(({ key }) => !shown.has(key));
  return (
    <Section title={title}>
      <dl>
        {fields
          .filter(({ key }) => shown.has(key))
          .map((spec) => (
            <DeclaredField key={spec.key} spec={spec} device={device} />
          ))}
      </dl>
      {missing.length > 0 && (
        <AddField
          group={title}
          missing={missing}
          onAdd={(field) => askForField({ deviceId: device.id, field })}
        />
      )}
    </Section>
  );
}

function filled(fields: readonly FieldSpec[], device: DeviceFields): Key[] {
  return fields.filter((spec) => spec.value(device) !== '').map(({ key }) => key);
}

interface AddFieldProps {
  readonly group: string;
  readonly missing: readonly FieldSpec[];
  readonly onAdd: (key: Key) => void;
}

function AddField({ group, missing, onAdd }: AddFieldProps) {
  return (
    // The field that opens takes the focus.
    <Menu position="bottom-start" returnFocus={false}>
      <Menu.Target>
        <button type="button" className={classes.addField} aria-label={`Add a field to ${group}`}>
          <IconPlus aria-hidden />
          Add a field
        </button>
      </Menu.Target>
      <Menu.Dropdown aria-label={`Fields of ${group}`}>
        {missing.map(({ key, label }) => (
          <Menu.Item key={key} onClick={() => onAdd(key)}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

interface DeclaredFieldProps {
  readonly spec: FieldSpec;
  readonly device: DeviceDetails['device'];
}

function DeclaredField({ spec, device }: DeclaredFieldProps) {
  const { device: store } = useApp();
  const openRequest = useFieldRequest(device.id, spec.key);
  async function save(text: string): Promise<string | null> {
    const outcome = await store.edit(device.id, spec.patch(text));
    return outcome.ok ? null : besideField(outcome.failure);
  }
  return (
    <EditableField
      label={spec.label}
      value={spec.value(device)}
      openRequest={openRequest}
      validate={(text) => spec.validate?.(text, device) ?? null}
      onSave={save}
      {...(spec.display === undefined ? {} : { display: spec.display(device) })}
      {...(spec.mono === undefined ? {} : { mono: spec.mono })}
      {...(spec.multiline === undefined ? {} : { multiline: spec.multiline })}
      {...(spec.options === undefined ? {} : { options: spec.options })}
      {...(spec.placeholder === undefined ? {} : { placeholder: spec.placeholder })}
    />
  );
}
