import { createStore, type StoreApi } from 'zustand/vanilla';
import type { ClusterAction } from '../../shared/cluster/actions/action.ts';
import type { Moment } from '../../shared/model/history.ts';
import type { RackRow } from '../../shared/model/inventory.ts';
import type { KindName } from '../../shared/model/kinds/index.ts';
import type { Values } from '../../shared/model/kinds/schema.ts';
import type { SwitchPort } from '../../shared/model/networks.ts';

/** The one dialog that is open. */
export type DialogState =
  | { readonly kind: 'none' }
  | { readonly kind: 'add-machine' }
  | { readonly kind: 'collect-facts'; readonly deviceId: string; readonly deviceName: string }
  /** `place`: where it is to stand. */
  | {
      readonly kind: 'add-device';
      readonly place?: { readonly rackId: string; readonly position: number };
    }
  | { readonly kind: 'import-types' }
  /** Retires a device; see features/onboarding. */
  | { readonly kind: 'offboard'; readonly deviceId: string; readonly name: string }
  | { readonly kind: 'duplicate-devices'; readonly ids: readonly string[] }
  | { readonly kind: 'apply-type'; readonly ids: readonly string[] }
  | { readonly kind: 'quick-entry'; readonly way: 'line' | 'table' }
  | { readonly kind: 'add-rack' }
  | { readonly kind: 'edit-rack'; readonly rack: RackRow }
  | { readonly kind: 'delete-rack'; readonly id: string; readonly name: string }
  | { readonly kind: 'edit-devices'; readonly ids: readonly string[] }
  | { readonly kind: 'delete-devices'; readonly ids: readonly string[]; readonly name: string }
  /** `values`: what is known of it already; references are ids. */
  | { readonly kind: 'add-record'; readonly record: KindName; readonly values?: Values }
  | { readonly kind: 'edit-records'; readonly record: KindName; readonly ids: readonly string[] }
  | { readonly kind: 'delete-records'; readonly record: KindName; readonly ids: readonly string[] }
  /** A cable, from a device or a port that is known already. */
  | {
      readonly kind: 'connect';
      readonly deviceId?: string;
      readonly deviceName?: string;
      readonly socketId?: string;
    }
  | { readonly kind: 'add-breaker' }
  | { readonly kind: 'add-power-unit' }
  | { readonly kind: 'add-outlets'; readonly deviceId: string; readonly deviceName: string }
  /** What is plugged in, or where; the dialog asks for the other. */
  | {
      readonly kind: 'plug-in';
      readonly sourceId?: string;
      readonly sourceName?: string;
      readonly deviceId?: string;
      readonly deviceName?: string;
      readonly inputId?: string;
    }
  | { readonly kind: 'usual-vlans' }
  | { readonly kind: 'port-vlans'; readonly ports: readonly SwitchPort[] }
  /** A free part of a prefix; see features/networks. */
  | {
      readonly kind: 'take-prefix';
      readonly within: string;
      readonly from: string | null;
      readonly widest: string | null;
    }
  | { readonly kind: 'split-prefix'; readonly id: string; readonly prefix: string }
  | { readonly kind: 'delete-sample' }
  | { readonly kind: 'silence-findings'; readonly keys: readonly string[] }
  | { readonly kind: 'export' }
  | {
      readonly kind: 'as-it-was';
      readonly id: string;
      readonly name: string;
      /** Where it begins. */
      readonly from?: { readonly moment: Moment; readonly at: number };
    }
  | { readonly kind: 'restore-all'; readonly to: Moment; readonly when: string }
  | { readonly kind: 'custom-fields'; readonly record: KindName }
  /** What a person does to objects of a cluster, the same to each; see features/cluster/acting. */
  | {
      readonly kind: 'cluster-act';
      readonly contextId: string;
      readonly actions: readonly ClusterAction[];
      /** Of the pod that it is about. */
      readonly containers: readonly string[];
    }
  | { readonly kind: 'secrets' }
  /** Sets the store of secrets up where it is not yet. */
  | { readonly kind: 'unlock-secrets' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'shortcuts' };

export type DialogStore = StoreApi<DialogState>;

export function createDialogStore(): DialogStore {
  return createStore<DialogState>(() => ({ kind: 'none' }));
}

export function closeDialog(dialogs: DialogStore): void {
  dialogs.setState({ kind: 'none' }, true);
}
