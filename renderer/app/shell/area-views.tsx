import type { ComponentType } from 'react';
import { CablesScreen } from '../../features/cables/cables-screen.tsx';
import { TypesScreen } from '../../features/device-types/types-screen.tsx';
import { PrefixesScreen } from '../../features/networks/prefixes-screen.tsx';
import { SwitchesScreen } from '../../features/networks/switches-screen.tsx';
import { VlanPlanScreen } from '../../features/networks/vlan-plan-screen.tsx';
import { PowerScreen } from '../../features/power/power-screen.tsx';
import { ElevationsScreen } from '../../features/racks/elevations-screen.tsx';
import type { NetworkView, RackView } from '../routes.ts';

interface ViewProps {
  /** What is shown in it, as the rest of the address says; null: nothing in particular. */
  readonly thing: string | null;
}

type Screens<V extends string> = Readonly<Partial<Record<V, ComponentType<ViewProps>>>>;

/** The screens of the views that areas.ts lists. */
export const rackScreens: Screens<RackView> = {
  elevations: ElevationsScreen,
  cables: CablesScreen,
  power: PowerScreen,
  types: TypesScreen,
};
export const networkScreens: Screens<NetworkView> = {
  vlans: VlanPlanScreen,
  prefixes: PrefixesScreen,
  switches: SwitchesScreen,
};
