import {
  IconArrowsDiff,
  IconCheck,
  IconClock,
  IconEyeOff,
  IconPlugConnectedX,
  IconUserQuestion,
} from '@tabler/icons-react';
import type { DeviceRow } from '../../../shared/model/inventory.ts';
import { failureWords, readingState } from '../../../shared/model/readings.ts';
import { Ago } from '../../ui/ago.tsx';
import { formatCount } from '../../ui/formatting.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import classes from './readings.module.css';

export type Read = Pick<DeviceRow, 'observedAt' | 'differences' | 'failure' | 'attemptedAt'>;

interface ReadingBadgeProps {
  readonly device: Read;
  readonly plain?: boolean;
  /** Some of what is declared could not be observed. */
  readonly partly?: boolean;
}

/** How reading the device stands: first whether it could be read, then whether it agrees. */
export function ReadingBadge({ device, plain = false, partly = false }: ReadingBadgeProps) {
  const { failure } = device;
  if (failure !== null) {
    const asks = readingState(device, Date.now()) === 'asks';
    return (
      <StatusBadge
        tone={asks ? 'warn' : 'danger'}
        icon={asks ? IconUserQuestion : IconPlugConnectedX}
        plain={plain}
      >
        {asks ? 'Needs you' : 'Could not be read'}
      </StatusBadge>
    );
  }
  if (device.observedAt === null) {
    return (
      <StatusBadge tone="neutral" icon={IconEyeOff} plain={plain}>
        Never read
      </StatusBadge>
    );
  }
  if (device.differences > 0) {
    return (
      <StatusBadge tone="warn" icon={IconArrowsDiff} plain={plain}>
        {formatCount(device.differences, 'difference')}
      </StatusBadge>
    );
  }
  const old = readingState(device, Date.now()) === 'old';
  return (
    <StatusBadge tone={old ? 'neutral' : 'ok'} icon={old ? IconClock : IconCheck} plain={plain}>
      {partly ? 'As far as read' : 'As declared'}
    </StatusBadge>
  );
}

/** The same in one line with its age: `Could not be read, 3 minutes ago: refused`. */
export function ReadingLine({ device }: { readonly device: Read }) {
  const { failure, attemptedAt, observedAt } = device;
  return (
    <span className={classes.line}>
      <ReadingBadge device={device} plain />
      {failure !== null && (
        <span className={classes.detail}>
          <Ago at={attemptedAt} short />: {failureWords(failure.code)}
        </span>
      )}
      {failure === null && observedAt !== null && (
        <span className={classes.detail}>
          <Ago at={observedAt} short />
        </span>
      )}
    </span>
  );
}
