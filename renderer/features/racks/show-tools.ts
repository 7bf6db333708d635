import { useMemo } from 'react';
import { useStore } from 'zustand';
import { useApp } from '../../app/app-context.ts';
import type { ElevationTools } from './elevation-context.ts';

/** Of a drawing that shows and selects; things are moved where the racks stand side by side. */
export function useShowTools(): ElevationTools {
  const { layout, router } = useApp();
  const inspected = useStore(layout.store, ({ inspected: what }) => what);
  return useMemo(
    () => ({
      view: { label: 'name', heat: 'none' },
      now: 0,
      isSelected: (id) => inspected.kind === 'device' && inspected.id === id,
      select: ({ id }) => layout.inspect({ kind: 'device', id }),
      open: (id) => router.go({ screen: 'device', id, tab: 'details' }),
      edit: null,
    }),
    [layout, router, inspected],
  );
}
