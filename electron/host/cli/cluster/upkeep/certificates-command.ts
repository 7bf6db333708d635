import type { Installation } from '../../../installation.ts';
import { type UpkeepOptions, workOnNodes } from './upkeep-command.ts';

export interface CertificatesOptions extends UpkeepOptions {
  readonly rotate?: true;
  readonly nodes?: readonly string[];
}

/** `rackhelm cluster certificates [--rotate]`: when those of K3s end; without it nothing is done. */
export async function runCertificates(
  installation: Installation,
  { rotate, nodes = [], ...options }: CertificatesOptions,
): Promise<void> {
  await workOnNodes(
    installation,
    { kind: 'certificates', nodes: [...nodes] },
    rotate ? options : { ...options, plan: true },
  );
}
