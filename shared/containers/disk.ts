import { z } from 'zod';
import { flag, listOf, optionalText, text } from '../cluster/tolerant.ts';
import { visibleText } from '../visible-text.ts';
import { containerName } from './container-row.ts';
import { shortId } from './image-name.ts';
import { listedContainer, listedImage, listedVolume, readListed } from './listed.ts';

/** What takes room on the disk of an engine, the largest first. */
export const diskItem = z.object({
  id: z.string(),
  name: z.string(),
  bytes: z.number(),
  /** What goes when it is deleted: layers that others share stay. */
  ownBytes: z.number(),
  used: z.boolean(),
});
export type DiskItem = z.infer<typeof diskItem>;

export const diskPart = z.object({
  count: z.number().int(),
  used: z.number().int(),
  bytes: z.number(),
  /** Of what nothing uses. */
  freeableBytes: z.number(),
  /** The largest of them. */
  items: z.array(diskItem),
});
export type DiskPart = z.infer<typeof diskPart>;

export const diskUse = z.object({
  /** Of all layers of all images together, each once. */
  layersBytes: z.number(),
  images: diskPart,
  /** What containers wrote into themselves. */
  containers: diskPart,
  volumes: diskPart,
  buildCache: diskPart,
});
export type DiskUse = z.infer<typeof diskUse>;

const amount = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'number' ? value : 0));
const sizedContainer = listedContainer.extend({ SizeRw: amount });
const cached = z.object({
  ID: text,
  Description: optionalText,
  Type: text,
  Size: amount,
  InUse: flag,
  Shared: flag,
});
const said = z.object({
  LayersSize: amount,
  Images: z.unknown().optional(),
  Containers: z.unknown().optional(),
  Volumes: z.unknown().optional(),
  BuildCache: z.unknown().optional(),
});

const mostItems = 200;

/** From the answer of `/system/df`. */
export function readDisk(answer: unknown): DiskUse {
  const df = said.parse(answer ?? {});
  const containers = readListed(sizedContainer, df.Containers);
  const usedImages = new Set(containers.map(({ ImageID }) => ImageID));
  const usedVolumes = new Set(
    containers
      .flatMap(({ Mounts }) => Mounts.map(({ Name }) => Name))
      .filter((name) => name !== ''),
  );
  const images = readListed(listedImage, df.Images).map((image): DiskItem => {
    const [tag] = image.RepoTags;
    // Minus one: the engine has not counted.
    const shared = Math.max(0, image.SharedSize);
    return {
      id: image.Id,
      name: visibleText(tag === undefined || tag.includes('<none>') ? shortId(image.Id) : tag),
      bytes: image.Size,
      ownBytes: Math.max(0, image.Size - shared),
      used: usedImages.has(image.Id) || image.Containers > 0,
    };
  });
  const own = containers.map(
    (container): DiskItem => ({
      id: container.Id,
      name: containerName(container),
      bytes: container.SizeRw,
      ownBytes: container.SizeRw,
      used: ['running', 'paused', 'restarting'].includes(container.State),
    }),
  );
  const volumes = readListed(listedVolume, df.Volumes).map((volume): DiskItem => {
    const bytes = Math.max(0, volume.UsageData.Size);
    const used = usedVolumes.has(volume.Name) || volume.UsageData.RefCount > 0;
    return { id: volume.Name, name: visibleText(volume.Name), bytes, ownBytes: bytes, used };
  });
  const cache = readListed(cached, df.BuildCache).map(
    (each): DiskItem => ({
      id: each.ID,
      name: visibleText(each.Description ?? each.Type),
      bytes: each.Size,
      ownBytes: each.Shared ? 0 : each.Size,
      used: each.InUse,
    }),
  );
  return {
    layersBytes: df.LayersSize,
    images: summed(images),
    containers: summed(own),
    volumes: summed(volumes),
    buildCache: summed(cache),
  };
}

function summed(all: readonly DiskItem[]): DiskPart {
  const unused = all.filter(({ used }) => !used);
  return {
    count: all.length,
    used: all.length - unused.length,
    bytes: sum(all.map(({ bytes }) => bytes)),
    freeableBytes: sum(unused.map(({ ownBytes }) => ownBytes)),
    items: [...all].sort((a, b) => b.bytes - a.bytes).slice(0, mostItems),
  };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** Layers of an image, the newest first. */
const step = z.object({ Id: text, CreatedBy: text, Size: amount, Created: amount });
export const imageLayer = z.object({
  command: z.string(),
  bytes: z.number(),
  createdAt: z.number().nullable(),
});
export type ImageLayer = z.infer<typeof imageLayer>;

const mostLayers = 500;
const layers = listOf(step);

/** From `/images/NAME/history`; an image may claim any number of layers. */
export function readLayers(answer: unknown): ImageLayer[] {
  return layers
    .parse(answer)
    .slice(0, mostLayers)
    .map(({ CreatedBy, Size, Created }) => ({
      command: visibleText(CreatedBy.replace(/^\/bin\/sh -c (#\(nop\) +)?/, '')),
      bytes: Size,
      createdAt: Created > 0 ? Created * 1_000 : null,
    }));
}
