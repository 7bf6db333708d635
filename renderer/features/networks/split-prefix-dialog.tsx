import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { bitsOf } from '../../../shared/network/address.ts';
import { splitCount } from '../../../shared/network/free-prefixes.ts';
import { parsePrefix } from '../../../shared/network/prefix.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import { formatCount } from '../../ui/formatting.ts';
import classes from './networks.module.css';

interface SplitPrefixDialogProps {
  readonly id: string;
  readonly prefix: string;
  readonly onClose: () => void;
}

/** As many as the host adds at once. */
const mostBits = 8;

/** Fills a prefix with equal ones; those that are there stay. */
export function SplitPrefixDialog({ id, prefix, onClose }: SplitPrefixDialogProps) {
  const { networks } = useApp();
  const outer = parsePrefix(prefix);
  const least = (outer?.length ?? 0) + 1;
  const most = Math.min(bitsOf(outer?.family ?? 4), least - 1 + mostBits);
  const [length, setLength] = useState(Math.min(most, least));
  const count = outer ? splitCount(outer, length) : 0;

  async function submit(): Promise<Failure | null> {
    const outcome = await networks.split(id, length);
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }

  return (
    <FormDialog
      title={`Split ${prefix}`}
      size="sm"
      submit="Split"
      disabled={least > most}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.form}>
        <NumberInput
          label="Length of the parts"
          description={`${formatCount(count, 'prefix', 'prefixes')}; those that are there already stay as they are`}
          data-autofocus
          prefix="/"
          min={least}
          max={most}
          clampBehavior="strict"
          value={length}
          onChange={(value) =>
            typeof value === 'number' && value >= least && value <= most && setLength(value)
          }
        />
      </div>
    </FormDialog>
  );
}
