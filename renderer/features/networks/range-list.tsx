import { IconPencil, IconTrash } from '@tabler/icons-react';
import type { AddressMap } from '../../../shared/model/networks.ts';
import { useApp } from '../../app/app-context.ts';
import { IconButton } from '../../ui/button.tsx';
import classes from './address-map.module.css';
import { rangeWord, sizeText } from './network-words.ts';

/** The ranges that what is chosen lies in. */
export function RangeList({
  ids,
  map,
}: {
  readonly ids: readonly string[];
  readonly map: AddressMap;
}) {
  const { dialogs } = useApp();
  return map.ranges
    .filter(({ id }) => ids.includes(id))
    .map(({ id, role, first, last, size, server }) => (
      <div key={id} className={classes.use}>
        <div className={classes.takenText}>
          <span>Range: {rangeWord(role)}</span>
          <span className="rh-mono">
            {first}–{last}
          </span>
          <span className={classes.note}>
            {sizeText(size)}
            {server !== null && (
              <>
                , given out by <bdi>{server}</bdi>
              </>
            )}
          </span>
        </div>
        <IconButton
          label="Edit the range"
          icon={IconPencil}
          onClick={() =>
            dialogs.setState({ kind: 'edit-records', record: 'ip-range', ids: [id] }, true)
          }
        />
        <IconButton
          label="Delete the range"
          icon={IconTrash}
          onClick={() =>
            dialogs.setState({ kind: 'delete-records', record: 'ip-range', ids: [id] }, true)
          }
        />
      </div>
    ));
}
