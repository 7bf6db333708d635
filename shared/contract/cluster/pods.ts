import { eventIterator } from '@orpc/contract';
import { z } from 'zod';
import { objectName } from '../../cluster/object-page.ts';
import { downloadEvent, podDownload, podFolder, podPath } from '../../cluster/pods/pod-file.ts';
import { logChoice, podLogEvent, podLogLine } from '../../cluster/pods/pod-log.ts';
import { podTarget } from '../../cluster/pods/pod-target.ts';
import { podPlace } from '../../cluster/pods/pod-terminal.ts';
import { portForward } from '../../cluster/pods/port-forward.ts';
import { id } from '../../model/inventory.ts';
import { terminalEvent, terminalSize } from '../../terminals/screen.ts';
import { procedure } from '../base.ts';

/** A pod, a workload or a service of a cluster. */
const of = z.object({ contextId: id }).extend(objectName.shape);
const search = z.string().max(200).default('');

const logs = {
  /**
   * The logs of its containers as one, followed until the caller leaves. `id` is the caller's own: with it
   * the same log is followed again, with another search or after a pause, as it is held here meanwhile.
   */
  follow: procedure
    .input(of.extend(logChoice.shape).extend({ id, search }))
    .output(eventIterator(podLogEvent)),
  /** Of what is held: the newest lines that fit, or those before one. */
  read: procedure
    .input(
      z.object({
        id,
        before: z.number().int().positive().nullable().default(null),
        search,
        limit: z.number().int().min(1).max(2_000).default(1_000),
      }),
    )
    .output(z.object({ lines: z.array(podLogLine), more: z.boolean() })),
};

const one = z.object({ id });
const nothing = z.object({});

const terminals = {
  /** A shell in a container, until it ends or the caller leaves. `id` is the caller's own. */
  open: procedure
    .input(
      podPlace.extend({
        id,
        size: terminalSize,
        /** Instead of a shell. */
        command: z.array(z.string().min(1).max(4_096)).min(1).max(50).optional(),
      }),
    )
    .output(eventIterator(terminalEvent)),
  write: procedure.input(one.extend({ data: z.string().max(65_536) })).output(nothing),
  resize: procedure.input(one.extend({ size: terminalSize })).output(nothing),
  /** So many characters were drawn; the host sends no more than can be. */
  drawn: procedure
    .input(one.extend({ characters: z.number().int().nonnegative() }))
    .output(nothing),
};

const port = z.number().int().min(1).max(65_535);

const forwards = {
  /** Listens on 127.0.0.1 until it is stopped or Rackhelm ends; no local port: any that is free. */
  add: procedure.input(of.extend({ port, localPort: port.nullable() })).output(portForward),
  list: procedure.output(z.object({ forwards: z.array(portForward) })),
  /** All of them, again each time that something changed. */
  follow: procedure.output(eventIterator(z.object({ forwards: z.array(portForward) }))),
  stop: procedure.input(one).output(nothing),
};

const files = {
  list: procedure.input(podPlace.extend({ path: podPath })).output(podFolder),
  /** Until it is there, or the caller leaves: then nothing is. */
  download: procedure.input(podDownload).output(eventIterator(downloadEvent)),
};

/** Reaching into pods. */
export const pods = {
  /** The pods that it stands for, with their containers and ports. */
  target: procedure.input(of).output(podTarget),
  logs,
  terminals,
  forwards,
  files,
};
