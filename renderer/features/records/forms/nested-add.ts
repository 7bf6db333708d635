import { type ComponentType, createContext, useContext } from 'react';
import type { KindName } from '../../../../shared/model/kinds/index.ts';
import type { Values } from '../../../../shared/model/kinds/schema.ts';

interface NestedAddProps {
  readonly record: KindName;
  readonly values: Values;
  readonly onAdded: (id: string, name: string) => void;
  readonly onClose: () => void;
}

/**
 * The dialog that a picker opens to add what is missing. It holds pickers itself, so it is handed
 * down instead of being imported.
 */
export const NestedAdd = createContext<ComponentType<NestedAddProps> | null>(null);

export const useNestedAdd = () => useContext(NestedAdd);
