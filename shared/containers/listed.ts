import { z } from 'zod';
import { listOf, part, text, texts, whole } from '../cluster/tolerant.ts';

/** The parts of an engine's lists that are shown; what is missing or odd reads as nothing. */
const number = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'number' ? value : 0));

const listedPort = z.object({
  ...{ IP: text, Type: text },
  ...{ PrivatePort: whole, PublicPort: whole },
});

const mount = z.object({
  ...{ Type: text, Name: text, Source: text, Destination: text, Driver: text },
  RW: z
    .unknown()
    .optional()
    .transform((value) => value !== false),
});

export const listedContainer = z.object({
  Id: z.string().min(1).max(128),
  Names: listOf(z.string()),
  ...{ Image: text, ImageID: text, Command: text, State: text, Status: text },
  Created: number,
  Ports: listOf(listedPort),
  Labels: texts,
  Mounts: listOf(mount),
  NetworkSettings: part({
    Networks: z.unknown().optional().transform(names),
  }),
});
export type ListedContainer = z.output<typeof listedContainer>;

export const listedImage = z.object({
  Id: z.string().min(1).max(128),
  RepoTags: listOf(z.string()),
  RepoDigests: listOf(z.string()),
  ...{ Created: number, Size: number, SharedSize: number, Containers: number },
  Labels: texts,
});
export type ListedImage = z.output<typeof listedImage>;

export const listedVolume = z.object({
  Name: z.string().min(1).max(500),
  ...{ Driver: text, Mountpoint: text, CreatedAt: text, Scope: text },
  Labels: texts,
  UsageData: part({ Size: number, RefCount: number }),
});
export type ListedVolume = z.output<typeof listedVolume>;

export const listedNetwork = z.object({
  Id: z.string().min(1).max(128),
  ...{ Name: text, Driver: text, Scope: text, Created: text },
  Internal: z
    .unknown()
    .optional()
    .transform((value) => value === true),
  EnableIPv6: z
    .unknown()
    .optional()
    .transform((value) => value === true),
  IPAM: part({ Config: listOf(z.object({ Subnet: text, Gateway: text })) }),
  Labels: texts,
});
export type ListedNetwork = z.output<typeof listedNetwork>;

const mostNames = 50;

function names(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.keys(value)
    .slice(0, mostNames)
    .map((name) => name.slice(0, 300));
}

/** Those of a list that can be read at all. */
export function readListed<T extends z.ZodType>(schema: T, answer: unknown): z.output<T>[] {
  if (!Array.isArray(answer)) return [];
  return answer.flatMap((item) => {
    const read = schema.safeParse(item);
    return read.success ? [read.data] : [];
  });
}
