import type { ChosenTypeInput } from '../../../shared/contract/device-types.ts';
import type { DeviceTypesStore } from './device-types-store.ts';

/** Gives a type to the person as a file of the device-type library. */
export async function saveTypeFile(
  deviceTypes: DeviceTypesStore,
  type: ChosenTypeInput,
): Promise<void> {
  const outcome = await deviceTypes.file(type);
  if (!outcome.ok) return;
  const { fileName, text } = outcome.value;
  const address = URL.createObjectURL(new Blob([text], { type: 'application/yaml' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = fileName;
  link.click();
  URL.revokeObjectURL(address);
}
