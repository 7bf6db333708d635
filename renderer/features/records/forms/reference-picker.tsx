import { Combobox, TextInput, useCombobox } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import { kindOf } from '../../../../shared/model/kinds/index.ts';
import { inSentence, oneOf } from '../../../../shared/model/kinds/words.ts';
import { IconButton } from '../../../ui/button.tsx';
import classes from '../records.module.css';
import { blank, type FieldDraft } from './field-draft.ts';
import { useNestedAdd } from './nested-add.ts';
import { useFound } from './use-found.ts';

interface ReferencePickerProps {
  readonly field: { readonly to: string; readonly label: string; readonly required?: true };
  readonly draft: FieldDraft;
  readonly onChange: (draft: FieldDraft) => void;
  readonly placeholder?: string | undefined;
  /** Named for assistive technology only: the label stands elsewhere. */
  readonly bare?: boolean;
  /** Its list stays inside what it stands in, which a press outside would close. */
  readonly inPlace?: boolean;
  readonly label?: string;
  readonly description?: ReactNode;
  readonly withAsterisk?: boolean;
  readonly error?: string | null;
  readonly autoFocus?: boolean;
  readonly onBlur?: (() => void) | undefined;
  readonly onKeyDown?: ((event: KeyboardEvent) => void) | undefined;
}

const addNew = ':new';

/** Chooses a row of another kind: searched on the host, however many there are, or added on the spot. */
export function ReferencePicker(props: ReferencePickerProps) {
  const { field, draft, onChange } = props;
  const to = field.to as KindName; // kinds refer to kinds
  const [adding, setAdding] = useState<string | null>(null);
  const Add = useNestedAdd();
  const combobox = useCombobox({ onDropdownClose: () => combobox.resetSelectedOption() });
  const chosen = draft.id !== undefined && draft.id !== null;
  // What is chosen is no question; the whole list is offered again.
  const found = useFound(to, chosen ? '' : draft.text, combobox.dropdownOpened);

  // Enter takes the first that matches what was typed, once that is known.
  const { selectFirstOption } = combobox;
  const matches = !chosen && draft.text.trim() !== '' && found.of === draft.text;
  const firstMatch = matches ? found.rows[0]?.id : undefined;
  useEffect(() => {
    if (firstMatch !== undefined) selectFirstOption();
  }, [firstMatch, selectFirstOption]);

  function choose(value: string): void {
    combobox.closeDropdown();
    const row = found.rows.find(({ id }) => id === value);
    if (value === addNew) setAdding(chosen ? '' : draft.text.trim());
    else if (row !== undefined) onChange({ text: row.name, id: row.id });
  }

  return (
    <>
      <Combobox store={combobox} onOptionSubmit={choose} withinPortal={props.inPlace !== true}>
        <Combobox.Target>
          <TextInput
            {...fieldProps(props)}
            value={draft.text}
            placeholder={props.placeholder ?? `Search ${inSentence(kindOf(to).plural)}`}
            onFocus={(event) => {
              combobox.openDropdown();
              // Typing asks for another one instead of adding to the name of this one.
              if (chosen) event.currentTarget.select();
            }}
            onClick={() => combobox.openDropdown()}
            onBlur={() => {
              combobox.closeDropdown();
              if (adding === null) props.onBlur?.();
            }}
            onChange={(event) => {
              onChange({ text: event.currentTarget.value });
              combobox.openDropdown();
              combobox.updateSelectedOptionIndex();
            }}
            rightSection={
              draft.text !== '' &&
              field.required !== true && (
                <IconButton
                  label={`Clear ${inSentence(field.label)}`}
                  icon={IconX}
                  offTabOrder
                  onClick={() => onChange(blank)}
                />
              )
            }
          />
        </Combobox.Target>
        <Combobox.Dropdown>
          <Combobox.Options className={classes.options}>
            {found.rows.map(({ id, name }) => (
              <Combobox.Option key={id} value={id} active={id === draft.id}>
                <bdi>{name}</bdi>
              </Combobox.Option>
            ))}
            {found.of !== null && <More found={found} plural={inSentence(kindOf(to).plural)} />}
            <Combobox.Option value={addNew} className={classes.addOption}>
              <IconPlus aria-hidden className={classes.addIcon} />
              {addWords(to, chosen ? '' : draft.text.trim())}
            </Combobox.Option>
          </Combobox.Options>
        </Combobox.Dropdown>
      </Combobox>
      {adding !== null && Add !== null && (
        <Add
          record={to}
          values={nameFrom(to, adding)}
          onAdded={(id, name) => onChange({ text: name, id })}
          onClose={() => setAdding(null)}
        />
      )}
    </>
  );
}

function fieldProps(props: ReferencePickerProps) {
  const {
    field,
    bare,
    inPlace: _inPlace,
    draft: _draft,
    onChange: _onChange,
    onBlur: _onBlur,
    description,
    ...rest
  } = props;
  return {
    ...rest,
    ...(bare && { 'aria-label': field.label }),
    ...(description === undefined ? {} : { description }),
  };
}

function addWords(kind: KindName, typed: string): ReactNode {
  if (typed === '') return `Add ${oneOf(kindOf(kind))}`;
  return (
    <span>
      Add {inSentence(kindOf(kind).label)} “<bdi>{typed}</bdi>”
    </span>
  );
}

/** What was typed is most likely the name of what is to be added. */
function nameFrom(kind: KindName, typed: string) {
  const { key, fields } = kindOf(kind);
  const last = key.findLast((name) => fields[name]?.type === 'text');
  return typed === '' || last === undefined ? {} : { [last]: typed };
}

function More({
  found,
  plural,
}: {
  readonly found: ReturnType<typeof useFound>;
  readonly plural: string;
}) {
  const left = found.total - found.rows.length;
  if (found.failed) return <Combobox.Empty>The {plural} could not be searched.</Combobox.Empty>;
  if (found.rows.length === 0) return <Combobox.Empty>No {plural} match.</Combobox.Empty>;
  if (left <= 0) return null;
  return <Combobox.Empty>{left.toLocaleString('en')} more: type to narrow them</Combobox.Empty>;
}
