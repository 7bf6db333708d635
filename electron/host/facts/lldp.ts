import { z } from 'zod';
import type { Evidence } from './evidence.ts';
import { absent, failed, jsonIn, ok, reasonOf, type SectionParser } from './outcome.ts';

// json0 puts everything into arrays, also what there is only once.
const values = z
  .array(z.object({ value: z.string() }).loose())
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

export const parseLldp: SectionParser<'lldp'> = (evidence) => {
  const part = evidence.part('lldp');
  if (!part && !evidence.hasTool('lldpcli')) {
    if (evidence.runs('lldpd')) return failed('lldpd runs, but lldpcli is not installed.');
    return absent('lldpd is not installed.');
  }
  const parsed = part?.end === 0 ? lldpOutput.safeParse(jsonIn(part.text)) : null;
  if (!parsed?.success) return whyNot(evidence);
  const told = parsed.data.lldp.flatMap((entry) => entry.interface ?? []);
  const neighbors = told.flatMap((entry) => neighbor.safeParse(entry).data ?? []);
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

function untaggedOf(vlans: z.infer<typeof neighbor>['vlan']): number | null {
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
