import { Button } from '../../../ui/button.tsx';
import { MoreMenu, MoreMenuItem } from '../../../ui/more-menu.tsx';
import type { ObjectAct } from './object-acts.ts';

interface ActBarProps {
  readonly acts: readonly ObjectAct[];
  /** What the menu is of, in its name. */
  readonly of: string;
  /** There is room for all of them. */
  readonly flat?: boolean;
}

/** What can be done with what is shown, the seldom things in a menu. */
export function ActBar({ acts, of, flat = false }: ActBarProps) {
  const more = flat ? [] : acts.filter(({ place }) => place === 'more');
  return (
    <>
      {acts
        .filter((act) => !more.includes(act))
        .map(({ id, title, short, icon, run }) => (
          <Button key={id} icon={icon} label={title} onClick={run}>
            {short}
          </Button>
        ))}
      {more.length > 0 && (
        <MoreMenu label={`More of ${of}`}>
          {more.map(({ id, short, icon, run }) => (
            <MoreMenuItem key={id} icon={icon} onClick={run}>
              {short}
            </MoreMenuItem>
          ))}
        </MoreMenu>
      )}
    </>
  );
}
