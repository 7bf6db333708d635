import { nameFault } from '../../../shared/model/name.ts';

/** Why a device cannot be called that, else null. */
export function nameProblem(name: string): string | null {
  return name.trim() === '' ? 'A device needs a name.' : nameFault(name);
}
