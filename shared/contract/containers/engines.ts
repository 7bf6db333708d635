import { z } from 'zod';
import {
  engineIdentity,
  engineSources,
  engineTest,
  engineWay,
  savedEngine,
} from '../../containers/engine.ts';
import { id } from '../../model/inventory.ts';
import { procedure } from '../base.ts';

const name = z.string().trim().min(1).max(200);

/** How container engines are reached. Nothing of what signs in ever comes back. */
export const engines = {
  /** Where engines may be: contexts of the docker command, sockets of this computer, machines. */
  sources: procedure.output(engineSources),
  list: procedure.output(z.object({ engines: z.array(savedEngine) })),
  /** Saved whether it answers or not; `identity` becomes a secret. */
  add: procedure
    .input(
      z.object({
        name: name.optional(),
        way: engineWay,
        deviceId: id.optional(),
        identity: engineIdentity.optional(),
      }),
    )
    .output(savedEngine),
  rename: procedure.input(z.object({ id, name })).output(z.object({})),
  /** Its secret with it. */
  forget: procedure.input(z.object({ id })).output(z.object({})),
  test: procedure.input(z.object({ id })).output(engineTest),
};
