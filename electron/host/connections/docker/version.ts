import { z } from 'zod';
import { DockerError } from './errors.ts';
import type { EngineAbout } from './types.ts';

/** Docker 20.10; Podman speaks it too. */
const oldest = [1, 41] as const;
/** What the calls here were written for; a newer engine still speaks it. */
const newest = [1, 51] as const;

const said = z.object({
  Version: z.string().max(100).default(''),
  ApiVersion: z.string().max(20),
  MinAPIVersion: z.string().max(20).optional(),
  Os: z.string().max(50).default(''),
  Arch: z.string().max(50).default(''),
  Components: z
    .array(z.object({ Name: z.string().max(100) }))
    .max(20)
    .nullish(),
});

type Version = readonly [major: number, minor: number];

/** From the answer of /version. Throws DOCKER_TOO_OLD, DOCKER_ANSWER_ODD. */
export function readAbout(answer: unknown, where: string): EngineAbout {
  const { data } = said.safeParse(answer);
  const offered = parsed(data?.ApiVersion);
  if (data === undefined || offered === null)
    throw new DockerError('DOCKER_ANSWER_ODD', `${where} is no container engine.`);
  if (compare(offered, oldest) < 0) {
    throw new DockerError(
      'DOCKER_TOO_OLD',
      `The engine ${data.Version} at ${where} speaks version ${text(offered)} of the API; at least ${text(oldest)} is needed.`,
    );
  }
  const spoken = compare(offered, newest) < 0 ? offered : newest;
  const least = parsed(data.MinAPIVersion);
  return {
    product: isPodman(data.Components) ? 'Podman' : 'Docker',
    version: data.Version,
    apiVersion: text(least !== null && compare(spoken, least) < 0 ? least : spoken),
    os: data.Os,
    architecture: data.Arch,
  };
}

function isPodman(components: z.infer<typeof said>['Components']): boolean {
  return components?.some(({ Name }) => /podman/i.test(Name)) ?? false;
}

function parsed(version: string | undefined): Version | null {
  const [, major, minor] = /^(\d{1,3})\.(\d{1,4})$/.exec(version ?? '') ?? [];
  return major === undefined ? null : [Number(major), Number(minor)];
}

function compare(a: Version, b: Version): number {
  return a[0] - b[0] || a[1] - b[1];
}

function text([major, minor]: Version): string {
  return `${major}.${minor}`;
}
