import type { KeyLogin } from '../../../shared/model/secrets.ts';
import type { ReadyHost } from '../ready-host.ts';
import { rpc } from './base.ts';

const { secrets } = rpc;

/** Does it, then tells how the store stands now. */
async function statusAfter({ secrets: store }: ReadyHost, work: unknown) {
  await work;
  return store.status();
}

/** Each login by the name of its device, where one is reached like that. */
function keysOf({ appKeys, database }: ReadyHost) {
  const nameOf = ({ user, host, port }: KeyLogin) => {
    const found = database.readings
      .devicesAt(host)
      .find((one) => (one.port ?? 22) === port && (one.user ?? user) === user);
    return found === undefined ? null : (database.tables.devices.get(found.id)?.name ?? null);
  };
  const rows = appKeys.list().map((key) => ({
    ...key,
    logins: key.logins.map((login) => ({ ...login, deviceName: nameOf(login) })),
  }));
  return { rows };
}

export const secretsRouter = {
  status: secrets.status.handler(({ context }) => context.host.ready().secrets.status()),
  setUp: secrets.setUp.handler(({ context, input }) => {
    const host = context.host.ready();
    return statusAfter(host, host.secrets.setUp(input.by));
  }),
  unlock: secrets.unlock.handler(({ context, input }) => {
    const host = context.host.ready();
    return statusAfter(host, host.secrets.unlock(input));
  }),
  lock: secrets.lock.handler(({ context }) => {
    const host = context.host.ready();
    return statusAfter(host, host.secrets.lock());
  }),
  changePassphrase: secrets.changePassphrase.handler(({ context, input }) => {
    const host = context.host.ready();
    return statusAfter(host, host.secrets.changePassphrase(input.current, input.next));
  }),
  openBy: secrets.openBy.handler(({ context, input }) => {
    const host = context.host.ready();
    return statusAfter(host, host.secrets.openBy(input.by));
  }),
  makeRecoveryKey: secrets.makeRecoveryKey.handler(async ({ context }) => ({
    recoveryKey: await context.host.ready().secrets.makeRecoveryKey(),
  })),
  moveHere: secrets.moveHere.handler(({ context, input }) => {
    const host = context.host.ready();
    return statusAfter(host, host.secrets.moveHere(input.recoveryKey, input.by));
  }),
  startOver: secrets.startOver.handler(({ context }) => {
    const host = context.host.ready();
    return statusAfter(host, host.secrets.startOver());
  }),
  lockAfter: secrets.lockAfter.handler(({ context, input }) => {
    const host = context.host.ready();
    return statusAfter(host, host.secrets.lockAfter(input.minutes));
  }),
  list: secrets.list.handler(({ context, input }) => {
    const { secrets: store, database } = context.host.ready();
    const { rows, total } = store.list(input);
    const nameOf = ({ subject }: (typeof rows)[number]) =>
      'deviceId' in subject ? (database.tables.devices.get(subject.deviceId)?.name ?? null) : null;
    return { rows: rows.map((row) => ({ ...row, deviceName: nameOf(row) })), total };
  }),
  set: secrets.set.handler(({ context, input }) =>
    context.host.ready().secrets.put(input.subject, input.secret),
  ),
  replace: secrets.replace.handler(async ({ context, input }) => {
    await context.host.ready().secrets.replace(input.id, input.secret);
    return {};
  }),
  keys: secrets.keys.handler(({ context }) => keysOf(context.host.ready())),
  makeKey: secrets.makeKey.handler(({ context }) => context.host.ready().appKeys.make()),
  test: secrets.test.handler(({ context, input, signal }) =>
    context.host.ready().testSecret(input.id, signal ?? new AbortController().signal),
  ),
  forget: secrets.forget.handler(async ({ context, input }) => {
    await context.host.ready().secrets.forget(input.id);
    return {};
  }),
};
