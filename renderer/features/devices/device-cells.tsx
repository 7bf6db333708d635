import { IconArrowsDiff, IconCheck, IconEyeOff } from '@tabler/icons-react';
import type { DeviceKind, DeviceRow, DeviceStatus } from '../../../shared/model/inventory.ts';
import { formatCount } from '../../ui/formatting.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
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

/** Whether what the person declared and what the machine says agree. */
export function AgreementBadge({ device, plain = false, partly = false }: AgreementProps) {
  if (device.observedAt === null) {
    return (
      <StatusBadge tone="neutral" icon={IconEyeOff} plain={plain}>
        Never observed
      </StatusBadge>
    );
  }
  if (device.differences === 0) {
    return (
      <StatusBadge tone="ok" icon={IconCheck} plain={plain}>
        {partly ? 'As far as observed' : 'As declared'}
      </StatusBadge>
    );
  }
  return (
    <StatusBadge tone="warn" icon={IconArrowsDiff} plain={plain}>
      {formatCount(device.differences, 'difference')}
    </StatusBadge>
  );
}

interface AgreementProps {
  readonly device: Pick<DeviceRow, 'observedAt' | 'differences'>;
  readonly plain?: boolean;
  /** Some of what is declared could not be observed. */
  readonly partly?: boolean;
}

export function Tags({ tags }: { readonly tags: readonly string[] }) {
  return (
    <span className={classes.tags}>
      {tags.map((tag) => (
        <bdi key={tag} className={classes.tag}>
          {tag}
        </bdi>
      ))}
    </span>
  );
}
