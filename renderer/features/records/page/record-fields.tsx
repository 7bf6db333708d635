import { Menu } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { InventoryRecord } from '../../../../shared/contract/records.ts';
import { type KindName, kindOf } from '../../../../shared/model/kinds/index.ts';
import { askForField, useWantedField } from '../../../app/field-request.ts';
import { RecordField } from './record-field.tsx';
import classes from './record-page.module.css';

interface RecordFieldsProps {
  readonly kind: KindName;
  readonly record: InventoryRecord;
  /** Which of its fields, in this order. */
  readonly names: readonly string[];
}

/** Every field is edited where it stands; those that are empty wait behind one button. */
export function RecordFields({ kind: name, record, names }: RecordFieldsProps) {
  const kind = kindOf(name);
  const isFilled = (field: string) => (record.values[field] ?? null) !== null;
  // A field that was emptied here stays, so that nothing moves under the pointer.
  const [seen, setSeen] = useState<ReadonlySet<string>>(() => new Set(names.filter(isFilled)));
  const wanted = useWantedField(record.id);
  const asked = names.find((field) => field === wanted);
  useEffect(() => {
    if (asked !== undefined) setSeen((before) => new Set([...before, asked]));
  }, [asked]);
  const isShown = (field: string) =>
    seen.has(field) || isFilled(field) || field === asked || kind.key.includes(field);
  const missing = names.filter((field) => !isShown(field));
  return (
    <>
      <dl className={classes.fields}>
        {names.filter(isShown).map((field) => (
          <RecordField key={field} kind={name} record={record} name={field} />
        ))}
      </dl>
      {missing.length > 0 && (
        // The field that opens takes the focus.
        <Menu position="bottom-start" returnFocus={false}>
          <Menu.Target>
            <button type="button" className={classes.addField}>
              <IconPlus aria-hidden />
              Add a field
            </button>
          </Menu.Target>
          <Menu.Dropdown aria-label="Fields that are not declared">
            {missing.map((field) => (
              <Menu.Item key={field} onClick={() => askForField({ deviceId: record.id, field })}>
                {kind.fields[field]?.label}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      )}
    </>
  );
}
