import { spawnSync } from 'node:child_process';
import { closeSync, ftruncateSync, openSync } from 'node:fs';
import path from 'node:path';
import { RackError } from '../rack-error.ts';
import type { NodeBuild } from './look.ts';

const tebibyte = 1024 ** 4;
/** On the node's disk, where `down` looks for it. */
export const imageName = 'tank.img';
const size = 8 * tebibyte;

/** A file system of 8 TiB on a sparse file: its table of contents takes 30 MB of memory. */
export function addLargeFileSystem(build: NodeBuild): void {
  const image = path.join(build.directory, 'disk', imageName);
  const file = openSync(image, 'w');
  ftruncateSync(file, size);
  closeSync(file);
  const features = '^has_journal,sparse_super2,^resize_inode';
  const args = ['-q', '-m', '0', '-L', 'tank', '-T', 'largefile4', '-O', features, image];
  const result = spawnSync('mkfs.ext4', args, { encoding: 'utf8' });
  if (result.status !== 0) {
    throw new RackError(`mkfs.ext4 failed: ${result.stderr || String(result.error)}`);
  }
  build.files.directory('srv/tank');
  build.atBoot(
    `mount -t ext4 -o loop,nosuid,nodev "$dir/disk/${imageName}" "$root/srv/tank"`,
    'mkdir -p "$root/srv/tank/backups" "$root/srv/tank/assets"',
  );
}
