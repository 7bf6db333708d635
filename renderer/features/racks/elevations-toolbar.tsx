import { SegmentedControl, Select } from '@mantine/core';
import { IconFileTypeSvg, IconLayoutSidebarRight, IconPrinter } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { RackRow } from '../../../shared/model/inventory.ts';
import { useApp } from '../../app/app-context.ts';
import { IconButton } from '../../ui/button.tsx';
import { Toolbar } from '../../ui/page.tsx';
import { printRacks, saveSvg } from './paper.ts';
import classes from './racks.module.css';
import type { RacksView } from './racks-view.ts';

const faces = [
  { value: 'front', label: 'Front' },
  { value: 'rear', label: 'Rear' },
  { value: 'both', label: 'Both' },
];
const sizes = [
  { value: 'small', label: 'Small' },
  { value: 'medium', label: 'Medium' },
  { value: 'large', label: 'Large' },
];
const labels = [
  { value: 'name', label: 'Name' },
  { value: 'hostname', label: 'Host name' },
  { value: 'asset-tag', label: 'Asset tag' },
];
const heats = [
  { value: 'none', label: 'No colour' },
  { value: 'power', label: 'Colour by power' },
  { value: 'space', label: 'Colour by space' },
  { value: 'age', label: 'Colour by age of facts' },
];

/** How the racks are shown, and what takes them to paper. */
export function ElevationsToolbar({ racks: list }: { readonly racks: readonly RackRow[] }) {
  const { racks } = useApp();
  const view = useStore(racks.view.store);
  // Each control offers only what its field takes.
  const set = (change: Partial<Record<keyof RacksView, string | null>>) =>
    racks.view.set(change as Partial<RacksView>);
  return (
    <Toolbar label="How racks are shown">
      <SegmentedControl
        aria-label="Faces"
        data={faces}
        value={view.faces}
        onChange={(value) => set({ faces: value })}
      />
      <SegmentedControl
        aria-label="Size"
        data={sizes}
        value={view.size}
        onChange={(value) => set({ size: value })}
      />
      <Select
        aria-label="Labels"
        className={classes.choice}
        data={labels}
        value={view.label}
        onChange={(label) => set({ label })}
      />
      <Select
        aria-label="Colours"
        className={classes.choiceWide}
        data={heats}
        value={view.heat}
        onChange={(heat) => set({ heat })}
      />
      <span className={classes.push} />
      <PaperButtons racks={list} />
      <IconButton
        label={
          view.panel === 'none' ? 'Show types and loose devices' : 'Hide types and loose devices'
        }
        icon={IconLayoutSidebarRight}
        pressed={view.panel !== 'none'}
        onClick={() => racks.view.set({ panel: view.panel === 'none' ? 'types' : 'none' })}
      />
    </Toolbar>
  );
}

function PaperButtons({ racks: list }: { readonly racks: readonly RackRow[] }) {
  const { client, racks, notify } = useApp();
  const view = useStore(racks.view.store);
  const [busy, setBusy] = useState(false);
  async function make(what: typeof printRacks): Promise<void> {
    setBusy(true);
    const failure = await what({ client, racks: list, view });
    setBusy(false);
    if (failure !== null) notify.failed(failure);
  }
  return (
    <>
      <IconButton
        label="Print the racks"
        icon={IconPrinter}
        disabled={busy}
        onClick={() => void make(printRacks)}
      />
      <IconButton
        label="Save as SVG"
        icon={IconFileTypeSvg}
        disabled={busy}
        onClick={() => void make(saveSvg)}
      />
    </>
  );
}
