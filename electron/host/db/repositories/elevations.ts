import type Sqlite from 'better-sqlite3';
import type { ElevationDevice, MountedPlace } from '../../../../shared/model/racks.ts';
import type {
  Face,
  GearWidth,
  RackFrame,
  Side,
  Standing,
} from '../../../../shared/topology/placement.ts';

/** A device as placement judges it, and where it says that it is. */
export interface PlacedDevice extends Standing {
  readonly rackId: string | null;
  readonly parentId: string | null;
  readonly bay: string | null;
}

/** Places in racks, read as they are judged and drawn. Writes need a change set. */
export interface ElevationRepository {
  frame(rackId: string): (RackFrame & { readonly id: string; readonly siteId: string }) | undefined;
  placed(deviceId: string): PlacedDevice | undefined;
  /** Those of the rack of a device that have something of its units. */
  sharingUnits(deviceId: string): PlacedDevice[];
  /** Another device that has the bay of this one. */
  sharingBay(deviceId: string): { id: string; name: string } | undefined;
  place(deviceId: string, place: MountedPlace & { readonly siteId?: string }): void;
  /** Puts what stands in or on it into its rack too, however deep; ids of those that were moved. */
  takeAlong(deviceId: string): string[];
  /** What is drawn of a rack, the first `limit` by position. */
  ofRack(rackId: string, limit: number): { devices: ElevationDevice[]; total: number };
  /** In no rack, and no virtual machines; those of a site first. */
  loose(query: LooseQuery): { devices: ElevationDevice[]; total: number };
  /** The newest device of a type, by name. */
  newestOfType(typeId: string): string | undefined;
}

interface LooseQuery {
  readonly search: string;
  readonly limit: number;
}

interface GearRow {
  readonly id: string;
  readonly name: string;
  readonly rackId: string | null;
  readonly parentId: string | null;
  readonly bay: string | null;
  readonly position: number | null;
  readonly heightUnits: number;
  readonly face: string | null;
  readonly side: string | null;
  readonly width: string | null;
  readonly fullDepth: number | null;
  readonly depth: number | null;
}
type PlacedRow = GearRow & { readonly onParent: number };
type DrawnRow = Omit<ElevationDevice, keyof GearRow | 'holder' | 'failed' | 'bays'> &
  GearRow & { readonly holder: number; readonly failed: number; readonly typeId: string | null };

const gearColumns = `d.id, d.name, d.rack_id AS rackId, d.parent_id AS parentId, d.bay, d.position,
  d.height_units AS heightUnits, d.face, d.side, t.width, t.full_depth AS fullDepth, t.depth`;
const onParent = `EXISTS (SELECT 1 FROM device p WHERE p.id = d.parent_id AND p.rack_id = d.rack_id) AS onParent`;
const drawnColumns = `${gearColumns}, d.kind, d.status, d.hostname, d.asset_tag AS assetTag,
  d.device_type_id AS typeId, d.model, coalesce(d.measured, d.nameplate, t.nameplate) AS watts,
  CASE WHEN d.measured IS NULL THEN 'nameplate' ELSE 'measured' END AS wattsFrom,
  x.primary_address AS primaryAddress, x.observed_at AS observedAt,
  coalesce(x.differences, 0) AS differences, ra.failure IS NOT NULL AS failed,
  (t.bays IS 'parent') AS holder`;
const drawnFrom = `FROM device d LEFT JOIN device_type t ON t.id = d.device_type_id
  LEFT JOIN device_derived x ON x.device_id = d.id
  LEFT JOIN reading_attempt ra ON ra.device_id = d.id`;
const inRack = `d.kind <> 'vm' AND (d.rack_id = @rackId
  OR (d.rack_id IS NULL AND d.parent_id IN (SELECT id FROM device WHERE rack_id = @rackId)))`;
const isLoose = `d.rack_id IS NULL AND d.parent_id IS NULL AND d.kind <> 'vm'
  AND (@search = '' OR instr(lower(d.name || ' ' || coalesce(d.model, '')), lower(@search)) > 0)`;

export function createElevationRepository(sqlite: Sqlite.Database): ElevationRepository {
  const frame = sqlite.prepare<[string], RackFrame & { id: string; siteId: string }>(
    `SELECT id, site_id AS siteId, name, height_units AS heightUnits, width, depth
     FROM rack WHERE id = ?`,
  );
  const placed = sqlite.prepare<[string], PlacedRow>(
    `SELECT ${gearColumns}, ${onParent} FROM device d
     LEFT JOIN device_type t ON t.id = d.device_type_id WHERE d.id = ?`,
  );
  // Boards of no height reach over one unit, as they are drawn.
  const sharing = sqlite.prepare<[string], PlacedRow>(
    `SELECT ${gearColumns}, ${onParent} FROM device a JOIN device d
       ON d.rack_id = a.rack_id AND d.id <> a.id
       AND d.position < a.position + max(a.height_units, 1)
       AND a.position < d.position + max(d.height_units, 1)
     LEFT JOIN device_type t ON t.id = d.device_type_id
     WHERE a.id = ? ORDER BY d.position, d.name`,
  );
  const bay = sqlite.prepare<[string], { id: string; name: string }>(
    `SELECT b.id, b.name FROM device a JOIN device b ON b.parent_id = a.parent_id AND b.id <> a.id
     WHERE a.id = ? AND a.bay IS NOT NULL AND b.bay = a.bay COLLATE NOCASE LIMIT 1`,
  );
  return {
    frame: (rackId) => frame.get(rackId),
    placed: (deviceId) => asPlaced(placed.get(deviceId)),
    sharingUnits: (deviceId) => sharing.all(deviceId).flatMap((row) => asPlaced(row) ?? []),
    sharingBay: (deviceId) => bay.get(deviceId),
    ...drawingQueries(sqlite),
    ...placeWrites(sqlite),
  };
}

type Drawing = Pick<ElevationRepository, 'ofRack' | 'loose' | 'newestOfType'>;

function drawingQueries(sqlite: Sqlite.Database): Drawing {
  const ofRack = sqlite.prepare<[{ rackId: string; limit: number }], DrawnRow>(
    `SELECT ${drawnColumns} ${drawnFrom} WHERE ${inRack}
     ORDER BY d.position NULLS LAST, d.name LIMIT @limit + 0`,
  );
  const total = sqlite
    .prepare<[{ rackId: string }], number>(`SELECT count(*) FROM device d WHERE ${inRack}`)
    .pluck();
  const loose = sqlite.prepare<[LooseQuery], DrawnRow>(
    `SELECT ${drawnColumns} ${drawnFrom} WHERE ${isLoose} ORDER BY x.name_sort LIMIT @limit + 0`,
  );
  const looseTotal = sqlite
    .prepare<[{ search: string }], number>(`SELECT count(*) FROM device d WHERE ${isLoose}`)
    .pluck();
  const bays = sqlite
    .prepare<[string], string>(
      `SELECT name FROM port_template WHERE device_type_id = ? AND role = 'device-bay'
       ORDER BY ordinal NULLS LAST, name LIMIT 64`,
    )
    .pluck();
  const newest = sqlite
    .prepare<[string], string>(
      'SELECT name FROM device WHERE device_type_id = ? ORDER BY id DESC LIMIT 1',
    )
    .pluck();
  const asDrawn = ({ typeId, holder, failed, ...row }: DrawnRow): ElevationDevice => ({
    ...row,
    ...asGear(row),
    failed: failed === 1,
    holder: holder === 1,
    bays: holder === 1 && typeId !== null ? bays.all(typeId) : [],
  });
  return {
    ofRack: (rackId, limit) => ({
      devices: ofRack.all({ rackId, limit }).map(asDrawn),
      total: total.get({ rackId }) ?? 0,
    }),
    loose: (query) => ({
      devices: loose.all(query).map(asDrawn),
      total: looseTotal.get({ search: query.search }) ?? 0,
    }),
    newestOfType: (typeId) => newest.get(typeId),
  };
}

function placeWrites(sqlite: Sqlite.Database): Pick<ElevationRepository, 'place' | 'takeAlong'> {
  const place = sqlite.prepare<[Record<string, unknown>]>(
    `UPDATE device SET rack_id = @rackId, position = @position, face = @face, side = @side,
       parent_id = @parentId, bay = @bay, site_id = coalesce(@siteId, site_id) WHERE id = @id`,
  );
  // A circle of parents ends with the ids that came already.
  const along = sqlite
    .prepare<[{ id: string }], string>(
      `WITH RECURSIVE carried (id) AS (
         SELECT id FROM device WHERE parent_id = @id AND kind <> 'vm'
         UNION SELECT d.id FROM device d JOIN carried c ON d.parent_id = c.id WHERE d.kind <> 'vm')
       SELECT d.id FROM carried c JOIN device d ON d.id = c.id JOIN device top ON top.id = @id
       WHERE d.id <> @id AND d.rack_id IS NOT top.rack_id`,
    )
    .pluck();
  const follow = sqlite.prepare<[{ id: string; top: string }]>(
    `UPDATE device SET position = NULL, rack_id = (SELECT rack_id FROM device WHERE id = @top),
       site_id = (SELECT site_id FROM device WHERE id = @top) WHERE id = @id`,
  );
  return {
    place: (id, { siteId, ...fields }) => void place.run({ ...fields, id, siteId: siteId ?? null }),
    takeAlong(top) {
      const ids = along.all({ id: top });
      for (const id of ids) follow.run({ id, top });
      return ids;
    },
  };
}

function asPlaced(row: PlacedRow | undefined): PlacedDevice | undefined {
  return row && { ...row, ...asGear(row), onParent: row.onParent === 1 };
}

/** What the kinds allow for these columns is what these types say. */
function asGear(row: GearRow) {
  return {
    face: row.face as Face | null, // a choice of the kind
    side: row.side as Side | null, // likewise
    width: row.width as GearWidth | null, // likewise
    fullDepth: row.fullDepth === null ? null : row.fullDepth === 1,
  };
}
