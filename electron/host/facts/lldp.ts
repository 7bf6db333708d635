import { z } from 'zod';
import type { SectionData } from '../../../shared/model/facts.ts';
import type { Evidence } from './evidence.ts';
import { absent, failed, jsonIn, ok, reasonOf, type SectionParser } from './outcome.ts';

/** Numbers of ports come without quotes from some releases. */
const wordOrNumber = z.union([z.string(), z.number().transform(String)]);
// json0 puts everything into arrays, also what there is only once.
const values = z
  .array(z.object({ value: wordOrNumber.optional() }).loose())
  .optional()
  .catch(undefined);
const neighbor = z.object({
  name: z.string(),
  chassis: z
    .array(z.object({ id: values, name: values }))
    .optional()
    .catch(undefined),
  port: z
    .array(z.object({ id: values, descr: values }))
    .optional()
    .catch(undefined),
  vlan: z
    .array(
      z.object({
        'vlan-id': z.union([z.string(), z.number()]).optional(),
        pvid: z.union([z.string(), z.boolean()]).optional(),
      }),
    )
    .optional()
    .catch(undefined),
});
const lldpOutput = z.object({
  lldp: z.array(z.object({ interface: z.array(z.unknown()).optional() })),
});

type Neighbor = SectionData<'lldp'>[number];

export const parseLldp: SectionParser<'lldp'> = (evidence) => {
  const part = evidence.part('lldp');
  if (!part && !evidence.hasTool('lldpcli')) {
    if (evidence.runs('lldpd')) return failed('lldpd runs, but lldpcli is not installed.');
    return absent('lldpd is not installed.');
  }
  const parsed = part?.end === 0 ? lldpOutput.safeParse(jsonIn(part.text)) : null;
  if (!parsed?.success) return inOtherForm(evidence) ?? whyNot(evidence);
  const told = parsed.data.lldp.flatMap((entry) => entry.interface ?? []);
  const neighbors = told.flatMap((entry) => neighbor.safeParse(entry).data ?? []);
  // A list of which nothing was understood is not none.
  if (told.length > 0 && neighbors.length === 0) return inOtherForm(evidence) ?? whyNot(evidence);
  return ok(
    neighbors.map(({ name, chassis, port, vlan }) => ({
      interface: name,
      chassisName: chassis?.[0]?.name?.[0]?.value ?? null,
      chassisId: chassis?.[0]?.id?.[0]?.value ?? null,
      portId: port?.[0]?.id?.[0]?.value ?? null,
      portDescription: port?.[0]?.descr?.[0]?.value ?? null,
      pvid: untaggedOf(vlan),
    })),
  );
};

/** `-f json` (things there is one of stand alone), or `lldp.eth0.chassis.name=…` of `-f keyvalue`. */
function inOtherForm(evidence: Evidence) {
  const part = evidence.part('lldp');
  const told = part?.end === 0 ? plainOutput.safeParse(jsonIn(part.text)) : null;
  if (told?.success) {
    const links = [told.data.lldp.interface ?? []].flat();
    return ok(
      links
        .flatMap((link) => Object.entries(link))
        .flatMap(([name, link]) => plainLink(name, link)),
    );
  }
  const pairs = evidence.part('lldp-pairs');
  if (pairs?.end === 0 && /^lldp\./m.test(pairs.text)) return ok(fromPairs(pairs.text));
  if (part?.end === 0) evidence.doubt('lldp');
  return null;
}

const plainOutput = z.object({
  lldp: z.object({
    interface: z
      .union([z.record(z.string(), z.unknown()), z.array(z.record(z.string(), z.unknown()))])
      .optional(),
  }),
});
const plainValue = z.object({ value: wordOrNumber }).optional().catch(undefined);
const plainVlan = z.object({
  'vlan-id': z.union([z.string(), z.number()]).optional(),
  pvid: z.union([z.string(), z.boolean()]).optional(),
});
const plainNeighbor = z.object({
  /** By its name: `{"switch": {"id": …}}`; without a name, the chassis itself. */
  chassis: z.record(z.string(), z.unknown()).optional().catch(undefined),
  port: z.object({ id: plainValue, descr: z.string().optional() }).optional().catch(undefined),
  vlan: z
    .union([plainVlan, z.array(plainVlan)])
    .optional()
    .catch(undefined),
});

function plainLink(name: string, link: unknown): Neighbor[] {
  const { data } = plainNeighbor.safeParse(link);
  if (!data) return [];
  const { id: _, ...named } = data.chassis ?? {};
  const [chassisName] = Object.entries(named).find(([, value]) => typeof value === 'object') ?? [];
  const chassis = z
    .object({ id: plainValue })
    .safeParse(chassisName === undefined ? data.chassis : data.chassis?.[chassisName]);
  return [
    {
      interface: name,
      chassisName: chassisName ?? null,
      chassisId: chassis.data?.id?.value ?? null,
      portId: data.port?.id?.value ?? null,
      portDescription: data.port?.descr ?? null,
      pvid: untaggedOf(data.vlan === undefined ? undefined : [data.vlan].flat()),
    },
  ];
}

/** The name of an interface may hold dots of its own: what follows is one of these. */
const pair =
  /^lldp\.(.{1,64}?)\.((?:chassis|port|vlan|rid|via|age|unknown)\b[\w.-]{0,60})=(.{0,300})$/;

function fromPairs(text: string): Neighbor[] {
  const found: { name: string; fields: Map<string, string>; vlans: ToldVlan[] }[] = [];
  for (const line of text.split('\n')) {
    const [, name, key, value] = pair.exec(line) ?? [];
    if (name === undefined || key === undefined || value === undefined) continue;
    let last = found.at(-1);
    // Each of several neighbours on one port begins with the same word.
    if (last?.name !== name || (/^(via|rid)$/.test(key) && last.fields.has(key))) {
      last = { name, fields: new Map(), vlans: [] };
      found.push(last);
    }
    if (!last.fields.has(key)) last.fields.set(key, value);
    const vlan = last.vlans.at(-1);
    if (key === 'vlan.vlan-id') last.vlans.push({ 'vlan-id': value });
    else if (key === 'vlan.pvid' && vlan) last.vlans.splice(-1, 1, { ...vlan, pvid: value });
  }
  const idOf = (fields: ReadonlyMap<string, string>, of: string): string | null =>
    fields.get(`${of}.mac`) ??
    fields.get(`${of}.ifname`) ??
    fields.get(`${of}.local`) ??
    fields.get(`${of}.ip`) ??
    null;
  return found.map(({ name, fields, vlans }) => ({
    interface: name,
    chassisName: fields.get('chassis.name') ?? null,
    chassisId: idOf(fields, 'chassis'),
    portId: idOf(fields, 'port'),
    portDescription: fields.get('port.descr') ?? null,
    pvid: untaggedOf(vlans),
  }));
}

interface ToldVlan {
  readonly 'vlan-id'?: string | number | undefined;
  readonly pvid?: string | boolean | undefined;
}

function untaggedOf(vlans: readonly ToldVlan[] | undefined): number | null {
  const untagged = vlans?.find(({ pvid }) => pvid === true || pvid === 'yes');
  const id = Number(untagged?.['vlan-id'] ?? Number.NaN);
  return Number.isInteger(id) && id > 0 ? id : null;
}

const refusal = /unable to connect to socket /i;
const noAnswerPlace = 'lldpd runs, but its socket is at none of the usual places.';

function whyNot(evidence: Evidence) {
  const part = evidence.part('lldp');
  const noSocket = part?.text
    .split('\n')
    .some((line) => refusal.test(line) && /No such file|Connection refused/i.test(line));
  if (evidence.runs('lldpd') === false || noSocket) {
    return absent('lldpd does not run.');
  }
  if (!part) return evidence.runs('lldpd') ? failed(noAnswerPlace) : absent('lldpd does not run.');
  return failed(reasonOf('lldpcli', part, evidence));
}
