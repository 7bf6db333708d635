import { formatCount } from '../../../../shared/model/amounts.ts';
import type { ListedKey } from '../../../../shared/model/secrets.ts';
import { timeText } from '../inventory/annotation-commands.ts';
import { print, printJson, tell } from '../terminal/output.ts';
import { formatTable } from '../terminal/text-table.ts';
import { opened, type SecretsOptions, withSecrets } from './secret-commands.ts';

export interface KeyOptions extends SecretsOptions {
  readonly new?: true;
  readonly public?: true;
}

/** `rackhelm secrets key [--new] [--public]`: never the private half. */
export function secretKey(options: KeyOptions): Promise<void> {
  return withSecrets(options, async ({ secrets, appKeys }) => {
    if (options.new) {
      await opened(secrets);
      await appKeys.make();
    }
    const keys = appKeys.list();
    if (options.json) return printJson({ keys });
    const [newest] = keys;
    if (newest === undefined)
      return tell('There is none yet. rackhelm secrets key --new makes one.\n');
    print(options.public ? `${newest.publicKey}\n` : keys.map(keyText).join('\n'));
  });
}

function keyText({ id, publicKey, sha256, madeAt, usedAt, opens, logins }: ListedKey, at: number) {
  const more = opens - logins.length;
  const where = logins.map(({ user, host, port, through }) => {
    const on = `${user} on ${host}${port === 22 ? '' : `, port ${port}`}`;
    return through.length === 0 ? on : `${on}, through ${through.join(', ')}`;
  });
  return formatTable([
    [at === 0 ? 'Key' : 'The one before', sha256],
    ['Public half', publicKey],
    ['Made', timeText(madeAt)],
    ['Last login', usedAt === null ? 'never' : timeText(usedAt)],
    ['Lets in', where[0] ?? 'nowhere yet'],
    ...where.slice(1).map((one) => ['', one]),
    ...(more > 0 ? [['', `and ${formatCount(more, 'more login')}`]] : []),
    ['Id', id],
  ]);
}
