import type Sqlite from 'better-sqlite3';
import type { RackRow, SiteRow } from '../../../../shared/model/inventory.ts';
import { newId } from '../ids.ts';

export interface NewRack {
  readonly siteId: string;
  readonly name: string;
  readonly heightUnits: number;
  /** Inches between the rails; null: 19. */
  readonly width?: string | null;
  readonly comment: string | null;
}

export interface PlaceRepository {
  sites(): SiteRow[];
  racks(): RackRow[];
  rack(id: string): RackRow | undefined;
  siteIdByName(name: string): string | undefined;
  rackIdByName(siteId: string, name: string): string | undefined;
  siteExists(id: string): boolean;
  insertSite(name: string, comment: string | null): string;
  insertRack(fields: NewRack): string;
  updateRack(id: string, fields: Omit<NewRack, 'siteId' | 'width'>): void;
  /** The devices in it, in no order. */
  devicesInRack(id: string): string[];
  removeRack(id: string): void;
}

const rackSelection = `SELECT r.id, r.site_id AS siteId, s.name AS siteName, r.name,
  r.height_units AS heightUnits, r.width, r.depth, m.name AS roomName, r.comment
  FROM rack r JOIN site s ON s.id = r.site_id LEFT JOIN room m ON m.id = r.room_id`;

export function createPlaceRepository(sqlite: Sqlite.Database): PlaceRepository {
  const sites = sqlite.prepare<[], SiteRow>('SELECT id, name, comment FROM site ORDER BY name');
  const racks = sqlite.prepare<[], RackRow>(
    `${rackSelection} ORDER BY s.name, m.name NULLS FIRST, r.name`,
  );
  const rack = sqlite.prepare<[string], RackRow>(`${rackSelection} WHERE r.id = ?`);
  const siteByName = sqlite.prepare<[string], string>('SELECT id FROM site WHERE name = ?').pluck();
  const siteById = sqlite.prepare<[string], number>('SELECT 1 FROM site WHERE id = ?').pluck();
  const rackByName = sqlite
    .prepare<[string, string], string>('SELECT id FROM rack WHERE site_id = ? AND name = ?')
    .pluck();
  const insertSite = sqlite.prepare<[string, string, string | null]>(
    'INSERT INTO site (id, name, comment) VALUES (?, ?, ?)',
  );
  const insertRack = sqlite.prepare<[NewRack & { readonly id: string }]>(
    `INSERT INTO rack (id, site_id, name, height_units, width, comment)
     VALUES (@id, @siteId, @name, @heightUnits, @width, @comment)`,
  );
  const updateRack = sqlite.prepare<[Omit<NewRack, 'siteId' | 'width'> & { readonly id: string }]>(
    `UPDATE rack SET name = @name, height_units = @heightUnits, comment = @comment WHERE id = @id`,
  );
  const devicesInRack = sqlite
    .prepare<[string], string>('SELECT id FROM device WHERE rack_id = ?')
    .pluck();
  const removeRack = sqlite.prepare<[string]>('DELETE FROM rack WHERE id = ?');
  return {
    sites: () => sites.all(),
    racks: () => racks.all(),
    rack: (id) => rack.get(id),
    siteIdByName: (name) => siteByName.get(name),
    rackIdByName: (siteId, name) => rackByName.get(siteId, name),
    siteExists: (id) => siteById.get(id) !== undefined,
    insertSite(name, comment) {
      const id = newId();
      insertSite.run(id, name, comment);
      return id;
    },
    insertRack(fields) {
      const id = newId();
      insertRack.run({ width: null, ...fields, id });
      return id;
    },
    updateRack: (id, fields) => void updateRack.run({ ...fields, id }),
    devicesInRack: (id) => devicesInRack.all(id),
    removeRack: (id) => void removeRack.run(id),
  };
}
