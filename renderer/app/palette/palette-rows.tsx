import { Spotlight } from '@mantine/spotlight';
import { IconDots } from '@tabler/icons-react';
import type { SearchHit } from '../../../shared/model/search.ts';
import { kindWords } from '../../features/devices/device-words.ts';
import { kindIcons } from '../../features/records/kind-icons.ts';
import { formatCount } from '../../ui/formatting.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import { type Action, statusOf } from '../actions/registry.ts';
import { useApp } from '../app-context.ts';
import classes from './palette.module.css';
import { routeOfHit, shownTitle } from './palette-search.ts';

/** Their names are addresses. */
const inMono: ReadonlySet<SearchHit['kind']> = new Set(['address', 'prefix', 'ip-range', 'mac']);

/** One thing of the inventory. */
export function HitItem({ hit }: { readonly hit: SearchHit }) {
  const { router } = useApp();
  const open = () => router.go(routeOfHit(hit));
  // A device is drawn as in every list.
  const IconShape =
    hit.kind === 'device' && hit.deviceKind !== null
      ? kindWords[hit.deviceKind].icon
      : kindIcons[hit.kind];
  return (
    <Spotlight.Action className={classes.item} onClick={open}>
      <IconShape aria-hidden className={classes.icon} />
      <bdi
        className={inMono.has(hit.kind) ? `${classes.title} rh-mono` : classes.title}
        title={hit.title}
      >
        {hit.title}
      </bdi>
      <bdi className={classes.subtitle} title={hit.subtitle}>
        {hit.subtitle}
      </bdi>
    </Spotlight.Action>
  );
}

/** An action of the app, of the page, or on a thing that was named. */
export function ActionEntry({ action }: { readonly action: Action }) {
  const { detail } = statusOf(action);
  const IconShape = action.icon;
  return (
    <Spotlight.Action className={classes.item} onClick={() => action.run()}>
      <IconShape aria-hidden className={classes.icon} />
      <span className={classes.title}>{shownTitle(action)}</span>
      <bdi className={classes.subtitle}>{detail}</bdi>
      {action.shortcut && <KeyHint keys={action.shortcut} />}
    </Spotlight.Action>
  );
}

interface MoreItemProps {
  readonly left: number;
  /** Absent: more than anybody reads; only more words narrow it. */
  readonly onShow: (() => void) | undefined;
}

/** Tells what is not shown, and shows it. */
export function MoreItem({ left, onShow }: MoreItemProps) {
  return (
    <Spotlight.Action className={classes.item} closeSpotlightOnTrigger={false} onClick={onShow}>
      <IconDots aria-hidden className={classes.icon} />
      <span className={classes.more}>
        {formatCount(left, 'more', 'more')}
        {onShow === undefined ? ': type more to narrow them' : ': show them, or type more'}
      </span>
    </Spotlight.Action>
  );
}
