import { formatCount } from '../../ui/formatting.ts';
import classes from './secrets.module.css';
import type { KeyRow } from './secrets-store.ts';

/** As many places as are worth a line each. */
const shownLogins = 6;

/** Where it has let in: `ada on pi-1`. */
export function Logins({ row }: { readonly row: KeyRow }) {
  const shown = row.logins.slice(0, shownLogins);
  const more = row.opens - shown.length;
  if (row.opens === 0) return 'nowhere yet';
  return (
    <ul className={classes.logins}>
      {shown.map(({ user, host, port, through, deviceName }) => (
        <li key={JSON.stringify([user, host, port, through])}>
          <bdi>{user}</bdi> on <bdi>{deviceName ?? host}</bdi>
          {port !== 22 && `, port ${port}`}
          {through.length > 0 && (
            <>
              , through <bdi>{through.join(', ')}</bdi>
            </>
          )}
        </li>
      ))}
      {more > 0 && <li>{`and ${formatCount(more, 'more login')}`}</li>}
    </ul>
  );
}
