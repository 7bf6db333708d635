import type { DeviceKind, DeviceStatus } from '../../../shared/model/inventory.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { TagLink } from '../links/thing-links.tsx';
import classes from './device-cells.module.css';
import { kindWords, statusWords } from './device-words.ts';

export function KindIcon({ kind }: { readonly kind: DeviceKind }) {
  const { icon: IconShape, label } = kindWords[kind];
  return <IconShape className={classes.kind} role="img" aria-label={label} />;
}

interface DeviceStatusBadgeProps {
  readonly status: DeviceStatus;
  readonly plain?: boolean;
}

export function DeviceStatusBadge({ status, plain = false }: DeviceStatusBadgeProps) {
  const { label, icon, tone } = statusWords[status];
  return (
    <StatusBadge tone={tone} icon={icon} plain={plain}>
      {label}
    </StatusBadge>
  );
}

interface TagsProps {
  readonly tags: readonly string[];
  /** In a row of a table: what does not fit is cut at its end. */
  readonly oneLine?: boolean;
}

export function Tags({ tags, oneLine = false }: TagsProps) {
  return (
    <span className={classes.tags} data-one-line={oneLine || undefined}>
      {tags.map((tag) => (
        <span key={tag} className={classes.tag}>
          <TagLink name={tag} />
        </span>
      ))}
    </span>
  );
}
