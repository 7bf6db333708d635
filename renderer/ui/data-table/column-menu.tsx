import { Menu } from '@mantine/core';
import { IconColumns } from '@tabler/icons-react';
import { MoreMenu } from '../more-menu.tsx';

interface ColumnMenuProps {
  readonly options: readonly { readonly value: string; readonly label: string }[];
  readonly chosen: readonly string[];
  /** What is seen until a person chooses. */
  readonly first: readonly string[];
  readonly onChange: (columns: readonly string[]) => void;
}

/** Which columns a table has. */
export function ColumnMenu({ options, chosen, first, onChange }: ColumnMenuProps) {
  const toggle = (id: string) =>
    onChange(chosen.includes(id) ? chosen.filter((each) => each !== id) : [...chosen, id]);
  return (
    <MoreMenu label="Choose columns" icon={IconColumns} staysOpen>
      {options.map(({ value, label }) => (
        <Menu.CheckboxItem
          key={value}
          checked={chosen.includes(value)}
          onChange={() => toggle(value)}
        >
          {label}
        </Menu.CheckboxItem>
      ))}
      <Menu.Divider />
      <Menu.Item onClick={() => onChange(first)}>As at first</Menu.Item>
    </MoreMenu>
  );
}
