/**
 * What graphics processors did, minute by minute for a week. Outside history and without foreign keys: it
 * is nobody's edit, and a device that comes back by undo finds it again.
 */
export const gpuSamples = /* sql */ `
CREATE TABLE gpu_kept (
  device_id TEXT NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

CREATE TABLE gpu_sample (
  device_id TEXT NOT NULL,
  -- UUID of the card, or vendor and number.
  gpu_key TEXT NOT NULL,
  at INTEGER NOT NULL,
  -- Percent, bytes, degrees Celsius, watts.
  utilization REAL,
  memory_used INTEGER,
  temperature REAL,
  power REAL,
  PRIMARY KEY (device_id, gpu_key, at)
) STRICT, WITHOUT ROWID;
CREATE INDEX gpu_sample_at ON gpu_sample (at);
`;
