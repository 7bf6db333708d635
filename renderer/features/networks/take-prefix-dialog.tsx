import { NumberInput, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { bitsOf } from '../../../shared/network/address.ts';
import { parsePrefix } from '../../../shared/network/prefix.ts';
import { useApp } from '../../app/app-context.ts';
import type { Failure } from '../../rpc/failure.ts';
import { FormDialog } from '../../ui/form-dialog.tsx';
import classes from './networks.module.css';

export interface TakePrefix {
  readonly within: string;
  /** Not below this address; null: anywhere in it. */
  readonly from: string | null;
  /** The widest that fits there, where that is known. */
  readonly widest: string | null;
}

interface TakePrefixDialogProps extends TakePrefix {
  readonly onClose: () => void;
}

/** So many are offered to choose from. */
const offered = 32;

/** A free part of a prefix: how long it shall be, and which of those that are free. */
export function TakePrefixDialog({ within, from, widest, onClose }: TakePrefixDialogProps) {
  const { networks, records } = useApp();
  const outer = parsePrefix(within);
  const bits = bitsOf(outer?.family ?? 4);
  const least = Math.min(bits, (outer?.length ?? 0) + 1);
  const usual = outer?.family === 6 ? 64 : 24;
  const [length, setLength] = useState<number>(
    Math.min(
      bits,
      Math.max(least, usual, widest === null ? 0 : (parsePrefix(widest)?.length ?? 0)),
    ),
  );
  const [found, setFound] = useState<readonly string[] | null>(null);
  const [chosen, setChosen] = useState<string | null>(null);

  useEffect(() => {
    let current = true;
    setFound(null);
    void networks.freePrefixes({ within, length, count: offered, from }).then((outcome) => {
      if (!current) return;
      const prefixes = outcome.ok ? outcome.value.prefixes : [];
      setFound(prefixes);
      setChosen(prefixes[0] ?? null);
    });
    return () => {
      current = false;
    };
  }, [networks, within, length, from]);

  async function submit(): Promise<Failure | null> {
    if (chosen === null) return null;
    const outcome = await records.create('prefix', { prefix: chosen });
    if (!outcome.ok) return outcome.failure;
    onClose();
    return null;
  }

  const full = found !== null && found.length === 0;
  return (
    <FormDialog
      title={`Take a part of ${within}`}
      size="sm"
      submit="Add prefix"
      disabled={chosen === null}
      onSubmit={submit}
      onClose={onClose}
    >
      <div className={classes.form}>
        <NumberInput
          label="Length"
          data-autofocus
          prefix="/"
          min={least}
          max={bits}
          clampBehavior="strict"
          value={length}
          onChange={(value) => typeof value === 'number' && value >= least && setLength(value)}
        />
        <Select
          label="Which"
          description={found === null ? 'Looking for free ones' : 'The lowest free ones'}
          searchable
          allowDeselect={false}
          classNames={{ input: 'rh-mono', option: 'rh-mono' }}
          error={
            full ? `No /${length} is free in it${from === null ? '' : ' from there on'}.` : null
          }
          data={found === null ? [] : [...found]}
          value={chosen}
          onChange={setChosen}
        />
      </div>
    </FormDialog>
  );
}
