import { z } from 'zod';
import { flag, listOf, part, text, texts, time, whole } from '../cluster/tolerant.ts';

/** The parts of `/containers/ID/json` that are shown; what is missing or odd reads as nothing. */
const amount = z
  .unknown()
  .optional()
  .transform((value) => (typeof value === 'number' ? value : 0));
const strings = listOf(z.string());

const endpoint = z.object({
  ...{ IPAddress: text, GlobalIPv6Address: text, MacAddress: text },
  Aliases: strings,
});

const health = part({
  ...{ Status: text, FailingStreak: whole },
  Log: listOf(z.object({ Start: time, ExitCode: amount, Output: text })),
});

export const inspected = z.object({
  ...{ Id: text, Name: text, Image: text, Created: time, RestartCount: whole },
  State: part({
    ...{ Status: text, Running: flag, OOMKilled: flag, Error: text, ExitCode: amount },
    ...{ StartedAt: time, FinishedAt: time, Health: health },
  }),
  Config: part({
    ...{ Hostname: text, User: text, Image: text, WorkingDir: text, Tty: flag },
    ...{ Cmd: strings, Entrypoint: strings, Env: strings, Labels: texts },
    ExposedPorts: z.unknown().optional(),
    Healthcheck: part({ Test: strings }),
  }),
  HostConfig: part({
    ...{ Privileged: flag, NetworkMode: text, PidMode: text, Memory: amount, NanoCpus: amount },
    PidsLimit: amount,
    CapAdd: strings,
    RestartPolicy: part({ Name: text, MaximumRetryCount: whole }),
    LogConfig: part({ Type: text }),
    DeviceRequests: listOf(
      z.object({ Driver: text, Count: amount, DeviceIDs: strings, Capabilities: listOf(strings) }),
    ),
    Devices: listOf(z.object({ PathOnHost: text })),
    Runtime: text,
  }),
  Mounts: listOf(
    z.object({
      ...{ Type: text, Name: text, Source: text, Destination: text },
      RW: z
        .unknown()
        .optional()
        .transform((value) => value !== false),
    }),
  ),
  NetworkSettings: part({
    Networks: z.unknown().optional().transform(endpoints),
    Ports: z.unknown().optional(),
  }),
});
export type Inspected = z.output<typeof inspected>;

const most = 50;

function endpoints(value: unknown): { name: string; endpoint: z.output<typeof endpoint> }[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .slice(0, most)
    .flatMap(([name, each]) => {
      const read = endpoint.safeParse(each ?? {});
      return read.success ? [{ name: name.slice(0, 300), endpoint: read.data }] : [];
    });
}
