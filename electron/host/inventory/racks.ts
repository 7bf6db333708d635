import { RackhelmError } from '../../../shared/model/errors.ts';
import type { Database } from '../db/index.ts';
import type { Source } from './devices.ts';

export interface NewRackInput {
  readonly siteName: string;
  readonly name: string;
  readonly heightUnits: number;
}

/** Creates a rack, and its site when there is none of that name. Throws DUPLICATE. */
export function createRack(
  db: Database,
  { siteName, name, heightUnits }: NewRackInput,
  source: Source,
): { id: string; changeSetId: string } {
  const { places } = db.tables;
  const { result, changeSetId } = db.change({ title: `Added rack ${name}`, source }, () => {
    const siteId = places.siteIdByName(siteName) ?? places.insertSite(siteName, null);
    if (places.rackIdByName(siteId, name) !== undefined) {
      throw new RackhelmError('DUPLICATE', `${siteName} has a rack named ${name} already.`, {
        data: { field: 'name' },
      });
    }
    return places.insertRack({ siteId, name, heightUnits, comment: null });
  });
  return { id: result, changeSetId };
}
