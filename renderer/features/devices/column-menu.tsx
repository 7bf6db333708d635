import { Menu } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { MoreMenu } from '../../ui/more-menu.tsx';
import { firstColumns } from './column-choice.ts';
import { columnOptions } from './device-columns.tsx';

interface ColumnMenuProps {
  readonly chosen: readonly string[];
  readonly onChange: (columns: readonly string[]) => void;
}

/** Which columns the list has. */
export function ColumnMenu({ chosen, onChange }: ColumnMenuProps) {
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <MoreMenu label="Choose columns" icon={IconColumns} staysOpen>
      {columnOptions.map(({ value, label }) => (
        <Menu.CheckboxItem
          key={value}
          checked={chosen.includes(value)}
          onChange={() => toggle(value)}
        >
          {label}
        </Menu.CheckboxItem>
      ))}
      <Menu.Divider />
      <Menu.Item onClick={() => onChange(firstColumns)}>As at first</Menu.Item>
    </MoreMenu>
  );
}
