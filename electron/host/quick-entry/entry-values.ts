import { device } from '../../../shared/model/kinds/hardware.ts';
import type { Field, FieldValue } from '../../../shared/model/kinds/index.ts';
import type { Values } from '../../../shared/model/kinds/schema.ts';
import { parseTyped } from '../../../shared/model/kinds/typed.ts';
import { nameFault } from '../../../shared/model/name.ts';
import { type EntryDevice, fieldCalled } from '../../../shared/quick-entry/entry.ts';
import type { Database } from '../db/index.ts';
import type { EntryProblem } from './entry-problem.ts';

/** The typed fields of a device as values; what is not understood goes into `problems`. */
export function deviceValues(
  db: Database,
  { name, fields }: EntryDevice,
  problems: EntryProblem[],
): Values {
  const fault = nameFault(name);
  if (fault !== null) problems.push({ field: 'name', text: fault });
  const values: Record<string, FieldValue> = { name: name.trim() };
  for (const [key, typed] of Object.entries(fields)) {
    const field = fieldCalled(key);
    // The type is chosen before.
    if (field === undefined || field === 'deviceType') continue;
    const description: Field | undefined = Object.hasOwn(device.fields, field)
      ? device.fields[field as keyof typeof device.fields] // it has that field
      : undefined;
    if (description === undefined) continue;
    const value = readField(db, description, typed);
    if ('problem' in value)
      problems.push({ field, text: `${description.label}: ${value.problem}` });
    else values[field] = value.value;
  }
  return values;
}

type Read = { readonly value: FieldValue } | { readonly problem: string };

function readField(db: Database, field: Field, typed: string): Read {
  if (field.type !== 'reference') return parseTyped(field, typed);
  if (typed.trim() === '') return { value: null };
  if (field.to === 'rack') return rackCalled(db, typed);
  const name = typed.trim();
  const id =
    field.to === 'site' ? db.tables.places.siteIdByName(name) : db.tables.devices.idByName(name);
  return id === undefined ? { problem: `there is no ${field.to} called ${name}.` } : { value: id };
}

/** By its name, or with its site where two have it: `Home/A`. */
function rackCalled(db: Database, typed: string): Read {
  const wanted = typed.trim().toLowerCase();
  const found = db.tables.places.racks().filter(({ name, siteName }) => {
    const whole = `${siteName}/${name}`.toLowerCase();
    return name.toLowerCase() === wanted || whole === wanted.replaceAll(/\s*\/\s*/g, '/');
  });
  const [rack, another] = found;
  if (rack === undefined) return { problem: `there is no rack called ${typed.trim()}.` };
  if (another !== undefined) {
    return { problem: `several racks are called ${typed.trim()}; write Site/Rack.` };
  }
  return { value: rack.id };
}

/** What a device is, by its name, where neither its type nor anybody says it. */
export function kindByName(name: string): string {
  return guesses.find(([pattern]) => pattern.test(name))?.[1] ?? 'server';
}

const guesses: readonly (readonly [RegExp, string])[] = [
  [/^(pi|rpi|raspi|rock|jetson|cm|board|opi)\b|^(pi|rpi)\d/i, 'sbc'],
  [/^(sw|switch)\d*\b/i, 'switch'],
  [/^(gw|router|fw|firewall|udm|opnsense|pfsense)\d*\b/i, 'router'],
  [/^nas\d*\b/i, 'nas'],
  [/^(ap|wap)\d*\b/i, 'access-point'],
  [/^ups\d*\b/i, 'ups'],
  [/^pdu\d*\b/i, 'pdu'],
  [/^gpu\d*\b/i, 'gpu-server'],
  [/^vm\d*\b/i, 'vm'],
];
