import { formatCount } from '../../ui/formatting.ts';
import classes from './secrets.module.css';
import type { KeyRow } from './secrets-store.ts';

/** As many places as are worth a line each. */
const shownLogins = 6;

interface LoginsProps {
  readonly row: KeyRow;
  /** The key that takes its place. */
  readonly newer?: KeyRow | undefined;
}

/** Where it has let in: `ada on pi-1`. */
export function Logins({ row, newer }: LoginsProps) {
  const opened = new Set(newer?.logins.map(placeOf));
  const shown = row.logins.slice(0, shownLogins);
  const more = row.opens - shown.length;
  if (row.opens === 0) return 'nowhere yet';
  return (
    <ul className={classes.logins}>
      {shown.map((login) => {
        const { user, host, port, through, deviceName } = login;
        return (
          <li key={placeOf(login)}>
            <bdi>{user}</bdi> on <bdi>{deviceName ?? host}</bdi>
            {port !== 22 && `, port ${port}`}
            {through.length > 0 && (
              <>
                , through <bdi>{through.join(', ')}</bdi>
              </>
            )}
            {newer && !opened.has(placeOf(login)) && '; the new one was not let in there yet'}
          </li>
        );
      })}
      {more > 0 && <li>{`and ${formatCount(more, 'more login')}`}</li>}
    </ul>
  );
}

function placeOf({ user, host, port, through }: KeyRow['logins'][number]): string {
  return JSON.stringify([user, host, port, through]);
}
