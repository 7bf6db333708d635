import { useEffect, useRef } from 'react';
import { useStore } from 'zustand';
import { ConnectDialog } from '../../features/add-machine/connect-dialog.tsx';
import { CustomFieldsDialog } from '../../features/annotations/custom-fields-dialog.tsx';
import { AddCableDialog } from '../../features/cables/add-cable-dialog.tsx';
import { ActDialog } from '../../features/cluster/acting/act-dialog.tsx';
import { ApplyTypeDialog } from '../../features/device-types/apply-type-dialog.tsx';
import { ImportTypesDialog } from '../../features/device-types/import-types-dialog.tsx';
import { AddDeviceDialog } from '../../features/devices/add-device-dialog.tsx';
import { DeleteDevicesDialog } from '../../features/devices/delete-devices-dialog.tsx';
import { EditDevicesDialog } from '../../features/devices/edit-devices-dialog.tsx';
import { ExportDialog } from '../../features/exchange/export-dialog.tsx';
import { AsItWasDialog } from '../../features/history/as-it-was-dialog.tsx';
import { RestoreAllDialog } from '../../features/history/restore-all-dialog.tsx';
import { DeleteSampleDialog } from '../../features/inventory/delete-sample-dialog.tsx';
import { SilenceDialog } from '../../features/lint/silence-dialog.tsx';
import { PortVlansDialog } from '../../features/networks/port-vlans-dialog.tsx';
import { SplitPrefixDialog } from '../../features/networks/split-prefix-dialog.tsx';
import { TakePrefixDialog } from '../../features/networks/take-prefix-dialog.tsx';
import { UsualVlansDialog } from '../../features/networks/usual-vlans-dialog.tsx';
import { OffboardingDialog } from '../../features/onboarding/off-boarding/off-boarding-dialog.tsx';
import {
  AddBreakerDialog,
  AddOutletsDialog,
  AddPowerUnitDialog,
} from '../../features/power/add-power-dialogs.tsx';
import { PlugInDialog } from '../../features/power/plug-in-dialog.tsx';
import { DuplicateDialog } from '../../features/quick-entry/duplicate-dialog.tsx';
import { QuickEntryDialog } from '../../features/quick-entry/quick-entry-dialog.tsx';
import { AddRackDialog } from '../../features/racks/add-rack-dialog.tsx';
import { DeleteRackDialog } from '../../features/racks/delete-rack-dialog.tsx';
import { EditRackDialog } from '../../features/racks/edit-rack-dialog.tsx';
import { AddRecordDialog } from '../../features/records/forms/add-record-dialog.tsx';
import { DeleteRecordsDialog } from '../../features/records/forms/delete-records-dialog.tsx';
import { EditRecordsDialog } from '../../features/records/forms/edit-records-dialog.tsx';
import { OpenSecretsDialog } from '../../features/secrets/opening-dialogs.tsx';
import { SecretsDialog } from '../../features/secrets/secrets-dialog.tsx';
import { SettingsDialog } from '../../features/settings/settings-dialog.tsx';
import { ShortcutsDialog } from '../../features/settings/shortcuts-dialog.tsx';
import { useApp } from '../app-context.ts';
import { closeDialog } from '../dialogs.ts';

/** By then a dialog has given the focus back to what opened it, if that is still there. */
const settledMs = 120;

/** What was deleted takes the button that led to it along; the keyboard stays in the content. */
function useFocusAfterwards(open: boolean): void {
  const was = useRef(false);
  useEffect(() => {
    if (!was.current || open) {
      was.current = open;
      return;
    }
    const timer = setTimeout(() => {
      was.current = false;
      if (document.activeElement !== document.body) return;
      const main = document.querySelector('main');
      const grid = main?.querySelector<HTMLElement>('[role="grid"]');
      (grid ?? main)?.focus({ preventScroll: true });
    }, settledMs);
    return () => clearTimeout(timer);
  }, [open]);
}

/** The dialog that is open, if any. */
export function DialogHost() {
  const { dialogs } = useApp();
  const dialog = useStore(dialogs);
  useFocusAfterwards(dialog.kind !== 'none');
  // Only itself: what a dialog began may end after the person has opened another.
  const close = () => dialogs.getState() === dialog && closeDialog(dialogs);
  switch (dialog.kind) {
    case 'none':
      return null;
    case 'add-machine':
      return <ConnectDialog goal={{ kind: 'new' }} onClose={close} />;
    case 'collect-facts': {
      const { deviceId: id, deviceName: name } = dialog;
      return <ConnectDialog goal={{ kind: 'device', id, name }} onClose={close} />;
    }
    case 'add-device':
      return <AddDeviceDialog place={dialog.place} onClose={close} />;
    case 'offboard':
      return <OffboardingDialog deviceId={dialog.deviceId} name={dialog.name} onClose={close} />;
    case 'duplicate-devices':
      return <DuplicateDialog ids={dialog.ids} onClose={close} />;
    case 'apply-type':
      return <ApplyTypeDialog ids={dialog.ids} onClose={close} />;
    case 'import-types':
      return <ImportTypesDialog onClose={close} />;
    case 'quick-entry':
      return <QuickEntryDialog way={dialog.way} onClose={close} />;
    case 'add-rack':
      return <AddRackDialog onClose={close} />;
    case 'edit-rack':
      return <EditRackDialog rack={dialog.rack} onClose={close} />;
    case 'delete-rack':
      return <DeleteRackDialog id={dialog.id} name={dialog.name} onClose={close} />;
    case 'edit-devices':
      return <EditDevicesDialog ids={dialog.ids} onClose={close} />;
    case 'delete-devices':
      return <DeleteDevicesDialog ids={dialog.ids} name={dialog.name} onClose={close} />;
    case 'add-record':
      return <AddRecordDialog record={dialog.record} values={dialog.values} onClose={close} />;
    case 'edit-records':
      return <EditRecordsDialog record={dialog.record} ids={dialog.ids} onClose={close} />;
    case 'delete-records':
      return <DeleteRecordsDialog record={dialog.record} ids={dialog.ids} onClose={close} />;
    case 'connect': {
      const { deviceId: id, deviceName: name = '', socketId = null } = dialog;
      const from = id === undefined ? {} : { from: { device: { id, name }, socketId } };
      return <AddCableDialog {...from} onClose={close} />;
    }
    case 'add-breaker':
      return <AddBreakerDialog onClose={close} />;
    case 'add-power-unit':
      return <AddPowerUnitDialog onClose={close} />;
    case 'add-outlets':
      return (
        <AddOutletsDialog
          deviceId={dialog.deviceId}
          deviceName={dialog.deviceName}
          onClose={close}
        />
      );
    case 'plug-in': {
      const { sourceId, sourceName = '', deviceId, deviceName = '', inputId } = dialog;
      return (
        <PlugInDialog
          {...(sourceId !== undefined && { source: { id: sourceId, name: sourceName } })}
          {...(deviceId !== undefined && { device: { id: deviceId, name: deviceName } })}
          {...(inputId !== undefined && { inputId })}
          onClose={close}
        />
      );
    }
    case 'usual-vlans':
      return <UsualVlansDialog onClose={close} />;
    case 'port-vlans':
      return <PortVlansDialog ports={dialog.ports} onClose={close} />;
    case 'take-prefix': {
      const { kind: _, ...part } = dialog;
      return <TakePrefixDialog {...part} onClose={close} />;
    }
    case 'split-prefix':
      return <SplitPrefixDialog id={dialog.id} prefix={dialog.prefix} onClose={close} />;
    case 'delete-sample':
      return <DeleteSampleDialog onClose={close} />;
    case 'silence-findings':
      return <SilenceDialog keys={dialog.keys} onClose={close} />;
    case 'export':
      return <ExportDialog onClose={close} />;
    case 'as-it-was':
      return <AsItWasDialog id={dialog.id} name={dialog.name} from={dialog.from} onClose={close} />;
    case 'restore-all':
      return <RestoreAllDialog to={dialog.to} when={dialog.when} onClose={close} />;
    case 'custom-fields':
      return <CustomFieldsDialog kind={dialog.record} onClose={close} />;
    case 'cluster-act': {
      const { contextId, actions, containers } = dialog;
      return (
        <ActDialog
          contextId={contextId}
          actions={actions}
          containers={containers}
          onClose={close}
        />
      );
    }
    case 'secrets':
      return <SecretsDialog onClose={close} />;
    case 'unlock-secrets':
      return <OpenSecretsDialog onClose={close} />;
    case 'settings':
      return <SettingsDialog onClose={close} />;
    case 'shortcuts':
      return <ShortcutsDialog onClose={close} />;
  }
}
