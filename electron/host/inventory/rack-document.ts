import { isNode, LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { RackhelmError } from '../../../shared/model/errors.ts';
import { deviceFields } from '../../../shared/model/inventory.ts';
import { trafficKinds } from '../../../shared/model/kinds/networks.ts';

/**
 * Rackhelm's own YAML: things are named by their names, never by ids. Version 1.
 * Unknown keys are refused, so that a slip of the pen does not silently lose what was meant.
 */
const name = z.string().trim().min(1).max(200);
const comment = z.string().max(20_000).nullable().default(null);

const rangeRoles = ['dhcp', 'reserved', 'load-balancer', 'pods', 'services', 'other'] as const;
const sharings = ['vrrp', 'kube-vip', 'metallb', 'carp', 'keepalived', 'other'] as const;
const cableTypes = [
  'cat5e',
  'cat6',
  'cat6a',
  'dac',
  'fibre-multimode',
  'fibre-singlemode',
] as const;

/** A prefix alone, or with its gateway. */
const prefixEntry = z.union([
  z.string().transform((prefix) => ({ prefix, gateway: null })),
  z.strictObject({ prefix: z.string(), gateway: z.string().nullable().default(null) }),
]);

const interfaceEntry = z.strictObject({
  name,
  kind: z.string().default('ethernet'),
  mac: z.string().nullable().default(null),
  mtu: z.number().int().min(68).max(65_536).nullable().default(null),
  speedMbps: z.number().int().positive().nullable().default(null),
  /** With prefix length. */
  addresses: z.array(z.string()).default([]),
  /** As the device-type library names it: `1000base-t`. */
  type: z.string().max(100).nullable().default(null),
  poe: z.string().max(100).nullable().default(null),
  disabled: z.boolean().default(false),
  /** Names of VLANs. */
  untagged: name.nullable().default(null),
  tagged: z.array(name).default([]),
});

const deviceEntry = deviceFields
  .omit({ siteId: true, rackId: true, memoryBytes: true })
  .partial()
  .required({ name: true, kind: true })
  .extend({
    rack: name.nullable().default(null),
    memoryGiB: z.number().positive().max(1_000_000).nullable().default(null),
    tags: z.array(z.string().trim().min(1).max(50)).default([]),
    notes: z.array(z.string().trim().min(1).max(20_000)).default([]),
    interfaces: z.array(interfaceEntry).default([]),
  })
  .strict();

export const rackDocument = z.strictObject({
  /** Version of this format. */
  rackhelm: z.literal(1),
  sites: z.array(z.strictObject({ name, comment })).default([]),
  racks: z
    .array(
      z.strictObject({
        name,
        site: name,
        heightUnits: z.number().int().min(1).max(100),
        comment,
      }),
    )
    .default([]),
  vlans: z
    .array(
      z.strictObject({
        number: z.number().int().min(1).max(4094),
        name,
        traffic: z.enum(trafficKinds).nullable().default(null),
        mtu: z.number().int().min(68).max(65_536).nullable().default(null),
        purpose: z.string().max(500).nullable().default(null),
        prefixes: z.array(prefixEntry).default([]),
      }),
    )
    .default([]),
  /** Of no VLAN: what the others lie in. */
  prefixes: z
    .array(
      z.strictObject({ prefix: z.string(), purpose: z.string().max(500).nullable().default(null) }),
    )
    .default([]),
  ranges: z
    .array(
      z.strictObject({
        range: z.string(),
        role: z.enum(rangeRoles),
        server: name.nullable().default(null),
      }),
    )
    .default([]),
  devices: z.array(deviceEntry).default([]),
  /** Addresses that move between those who may hold them, named as `worker-1 enp1s0`. */
  virtualAddresses: z
    .array(
      z.strictObject({
        address: z.string(),
        sharing: z.enum(sharings),
        holders: z.array(name).default([]),
      }),
    )
    .default([]),
  /** Each end is an interface: `core-switch ether1`. */
  cables: z
    .array(
      z.strictObject({
        label: name,
        type: z.enum(cableTypes).nullable().default(null),
        colour: z.string().max(40).nullable().default(null),
        a: name,
        b: name,
      }),
    )
    .default([]),
  services: z
    .array(
      z.strictObject({
        name,
        kind: name,
        url: z.string().max(2000).nullable().default(null),
        comment,
        runsOn: z.array(name).default([]),
        dependsOn: z.array(name).default([]),
        exposed: z
          .array(
            z.strictObject({
              port: z.number().int().min(1).max(65_535),
              protocol: z.enum(['tcp', 'udp']).default('tcp'),
              /** Virtual, or of an interface. */
              address: z.string().nullable().default(null),
              hostname: z.string().max(253).nullable().default(null),
              from: z.enum(['internet', 'anywhere-inside']),
            }),
          )
          .default([]),
      }),
    )
    .default([]),
});
export type RackDocument = z.infer<typeof rackDocument>;
export type DocumentPath = readonly (string | number)[];

export interface ReadDocument {
  readonly content: RackDocument;
  /** FILE_INVALID that names the line of that place in the file. */
  readonly problem: (path: DocumentPath, message: string) => RackhelmError;
}

/** Throws FILE_INVALID with the line and what is wrong there. */
export function readDocument(text: string): ReadDocument {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const problem = (path: DocumentPath, message: string) =>
    invalid(lineOf(document, lines, path), `${pathText(path)}${message}`);

  const syntax = document.errors[0];
  if (syntax !== undefined) throw invalid(lines.linePos(syntax.pos[0]).line, syntax.message);
  const parsed = rackDocument.safeParse(toPlain(document));
  if (parsed.success) return { content: parsed.data, problem };
  throw problem(...firstIssue(parsed.error));
}

/** A misspelt key first: what is reported as missing is often what it was meant to be. */
function firstIssue(error: z.ZodError): [DocumentPath, string] {
  const issue = error.issues.find(({ code }) => code === 'unrecognized_keys') ?? error.issues[0];
  if (issue === undefined) return [[], 'not understood'];
  const isMissing = issue.code === 'invalid_type' && /received undefined$/.test(issue.message);
  return [keysOf(issue.path), isMissing ? 'this is missing' : issue.message];
}

function toPlain(document: ReturnType<typeof parseDocument>): unknown {
  try {
    return document.toJS({ maxAliasCount: 50 });
  } catch (error) {
    // Aliases that would grow without end.
    throw invalid(1, error instanceof Error ? error.message : String(error));
  }
}

function keysOf(path: readonly PropertyKey[]): DocumentPath {
  return path.map((key) => (typeof key === 'number' ? key : String(key)));
}

/** Of the place itself, or of the nearest thing around it that the file has. */
function lineOf(
  document: ReturnType<typeof parseDocument>,
  lines: LineCounter,
  path: DocumentPath,
): number {
  for (let length = path.length; length >= 0; length -= 1) {
    const node = length === 0 ? document.contents : document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}

/** `devices[3].kind: `, counted from 1 as a person counts. */
function pathText(path: DocumentPath): string {
  if (path.length === 0) return '';
  const text = path
    .map((key) => (typeof key === 'number' ? `[${key + 1}]` : `.${key}`))
    .join('')
    .slice(1);
  return `${text}: `;
}

function invalid(line: number, message: string): RackhelmError {
  const sentence = message.replace(/\.?\s*$/, '.');
  return new RackhelmError('FILE_INVALID', `Line ${line}: ${sentence}`, { data: { line } });
}
