import { Radio, Select, Stack } from '@mantine/core';
import { useState } from 'react';
import type { ExportFormat } from '../../../shared/contract/exchange.ts';
import { type KindName, kindNames, kindOf } from '../../../shared/model/kinds/index.ts';
import { useApp } from '../../app/app-context.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from './exchange.module.css';
import { exportChoices } from './exchange-words.ts';

const kindOptions = kindNames.map((name) => ({ value: name, label: kindOf(name).plural }));

/** Which file to write; the window hands it over as a download. */
export function ExportDialog({ onClose }: { readonly onClose: () => void }) {
  const { exchange, notify } = useApp();
  const [format, setFormat] = useState<ExportFormat>('yaml');
  const [kind, setKind] = useState<KindName>('device');
  const ofKind = exportChoices.some((one) => one.format === format && one.ofKind === true);

  async function submit() {
    const outcome = await exchange.save(format, ofKind ? kind : null);
    if (!outcome.ok) return outcome.failure;
    notify.done(`Wrote ${outcome.value.name}.`);
    onClose();
    return null;
  }

  return (
    <FormDialog title="Export" size="sm" submit="Export" onSubmit={submit} onClose={onClose}>
      <Stack gap="md">
        <Radio.Group
          label="Format"
          value={format}
          onChange={(value) => {
            const chosen = exportChoices.find((one) => one.format === value);
            if (chosen !== undefined) setFormat(chosen.format);
          }}
        >
          <Stack gap="xs" mt="xs">
            {exportChoices.map(({ format: value, label, note }) => (
              <Radio
                key={value}
                value={value}
                label={label}
                description={note}
                classNames={{ description: classes.choiceNote ?? '' }}
                data-autofocus={value === format || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
        {ofKind && (
          <Select
            label="Rows are"
            data={kindOptions}
            value={kind}
            searchable
            allowDeselect={false}
            onChange={(value) => setKind(kindNames.find((each) => each === value) ?? kind)}
          />
        )}
      </Stack>
    </FormDialog>
  );
}
