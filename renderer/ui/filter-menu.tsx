import { Menu } from '@mantine/core';
import { type Icon, IconCheck, IconChevronDown } from '@tabler/icons-react';
import classes from './filter-menu.module.css';
import { isolated } from './isolate.ts';

export interface FilterOption {
  readonly value: string;
  readonly label: string;
  readonly icon?: Icon;
}

interface FilterMenuProps {
  readonly label: string;
  readonly options: readonly FilterOption[];
  readonly chosen: readonly string[];
  readonly onChange: (chosen: string[]) => void;
  /** One choice at most, e.g. a rack. */
  readonly single?: boolean;
  /** The values say of themselves what they are about. */
  readonly plain?: boolean;
}

function summary(props: FilterMenuProps): string {
  const first = props.options.find((option) => option.value === props.chosen[0]);
  if (first === undefined) return props.label;
  if (props.plain) return first.label;
  const more = props.chosen.length - 1;
  return `${props.label}: ${isolated(first.label)}${more > 0 ? ` +${more}` : ''}`;
}

/** A chip that opens the values to filter by; it says which are chosen. */
export function FilterMenu(props: FilterMenuProps) {
  const { options, chosen, onChange, single = false } = props;

  function toggle(value: string): void {
    if (chosen.includes(value)) onChange(chosen.filter((each) => each !== value));
    else onChange(single ? [value] : [...chosen, value]);
  }

  return (
    <Menu closeOnItemClick={single} position="bottom-start">
      <Menu.Target>
        <button type="button" className={classes.chip} data-on={chosen.length > 0 || undefined}>
          <span className={classes.chipText}>{summary(props)}</span>
          <IconChevronDown aria-hidden className={classes.chevron} />
        </button>
      </Menu.Target>
      <Menu.Dropdown className={classes.dropdown}>
        {options.map(({ value, label, icon: IconShape }) => (
          <Menu.CheckboxItem
            key={value}
            checked={chosen.includes(value)}
            onChange={() => toggle(value)}
            closeMenuOnClick={single}
            rightSection={IconShape && <IconShape aria-hidden className={classes.optionIcon} />}
          >
            <bdi className={classes.optionText}>{label}</bdi>
          </Menu.CheckboxItem>
        ))}
        {chosen.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={() => onChange([])}>Clear</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}

interface ToggleChipProps {
  readonly children: string;
  readonly on: boolean;
  readonly onChange: (on: boolean) => void;
}

export function ToggleChip({ children, on, onChange }: ToggleChipProps) {
  return (
    <button
      type="button"
      className={classes.chip}
      data-on={on || undefined}
      aria-pressed={on}
      onClick={() => onChange(!on)}
    >
      {on && <IconCheck aria-hidden className={classes.chevron} />}
      <span className={classes.chipText}>{children}</span>
    </button>
  );
}
