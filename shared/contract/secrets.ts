import { z } from 'zod';
import { id } from '../model/inventory.ts';
import {
  keyLogin,
  listedKey,
  listedSecret,
  mostSecret,
  secretsStatus,
  secretTest,
  typedSubject,
} from '../model/secrets.ts';
import { procedure } from './base.ts';

const passphrase = z.string().max(1_024);
const recoveryKey = z.string().max(200);
const secret = z.string().min(1).max(mostSecret);

/** How the store shall open from now on. */
const openBy = z.discriminatedUnion('way', [
  z.object({ way: z.literal('key-store') }),
  z.object({ way: z.literal('passphrase'), passphrase }),
]);

const keyHere = listedKey.extend({
  logins: z.array(
    keyLogin.extend({
      /** Of a device that is reached so; null: none is known. */
      deviceName: z.string().nullable(),
    }),
  ),
});

/**
 * The store of remembered secrets. A window sets, replaces and tests them; no procedure gives one out.
 * What changes how the store opens answers with its new status.
 */
export const secrets = {
  status: procedure.output(secretsStatus),
  setUp: procedure.input(z.object({ by: openBy })).output(secretsStatus),
  unlock: procedure
    .input(
      z.discriminatedUnion('way', [
        z.object({ way: z.literal('key-store') }),
        z.object({ way: z.literal('passphrase'), passphrase }),
        z.object({ way: z.literal('recovery'), recoveryKey }),
      ]),
    )
    .output(secretsStatus),
  lock: procedure.output(secretsStatus),
  changePassphrase: procedure
    .input(z.object({ current: passphrase, next: passphrase }))
    .output(secretsStatus),
  openBy: procedure.input(z.object({ by: openBy })).output(secretsStatus),
  /** Makes a new one, which ends the one before. It is told this once and kept nowhere. */
  makeRecoveryKey: procedure.output(z.object({ recoveryKey: z.string() })),
  /** For a data directory that came from another computer. */
  moveHere: procedure.input(z.object({ recoveryKey, by: openBy })).output(secretsStatus),
  /** Every secret and every way to open the store are gone. */
  startOver: procedure.output(secretsStatus),
  lockAfter: procedure
    .input(z.object({ minutes: z.number().int().min(1).max(1_440).nullable() }))
    .output(secretsStatus),
  list: procedure
    .input(
      z.object({
        offset: z.number().int().nonnegative().default(0),
        limit: z.number().int().min(1).max(200).default(100),
      }),
    )
    .output(
      z.object({
        rows: z.array(
          listedSecret.extend({
            /** Of a secret that belongs to a device; null: the device is deleted. */
            deviceName: z.string().nullable(),
          }),
        ),
        total: z.number().int(),
      }),
    ),
  /** Stored as it is given, without a proof that it is right. */
  set: procedure.input(z.object({ subject: typedSubject, secret })).output(z.object({ id })),
  replace: procedure.input(z.object({ id, secret })).output(z.object({})),
  /** Keys of Rackhelm's own, the newest first. */
  keys: procedure.output(z.object({ rows: z.array(keyHere).max(16) })),
  /** Makes the first one, or another one beside the one before. */
  makeKey: procedure.output(listedKey),
  test: procedure.input(z.object({ id })).output(secretTest),
  forget: procedure.input(z.object({ id })).output(z.object({})),
};
