import { Checkbox, NumberInput } from '@mantine/core';
import { useStore } from 'zustand';
import { useApp } from '../../../app/app-context.ts';
import classes from './drain.module.css';

const mostMinutes = 1_440;
const mostGrace = 86_400;

/** What a person accepts beforehand, and how long it may take. */
export function DrainChoices() {
  const { drain } = useApp().cluster;
  const options = useStore(drain.store, (state) => state.options);
  return (
    <fieldset className={classes.choices}>
      <legend className="rh-hidden">What you accept</legend>
      <Checkbox
        label="Local data may be lost"
        description="What pods wrote into emptyDir volumes on this node."
        checked={options.deleteLocalData}
        onChange={(event) => drain.choose({ deleteLocalData: event.currentTarget.checked })}
      />
      <Checkbox
        label="Pods that nothing makes anew may go for good"
        description="Those that somebody made by hand, without a deployment or the like."
        checked={options.deleteUncontrolled}
        onChange={(event) => drain.choose({ deleteUncontrolled: event.currentTarget.checked })}
      />
      <NumberInput
        label="At most, in minutes"
        description="Then it ends, and the node stays cordoned."
        min={1}
        max={mostMinutes}
        allowDecimal={false}
        clampBehavior="blur"
        value={options.minutes}
        onChange={(value) => {
          if (typeof value === 'number' && value >= 1 && value <= mostMinutes) {
            drain.choose({ minutes: value });
          }
        }}
      />
      <NumberInput
        label="Time to end, in seconds"
        description="Of each pod; empty: what it asks for itself."
        min={1}
        max={mostGrace}
        allowDecimal={false}
        clampBehavior="blur"
        value={options.graceSeconds ?? ''}
        onChange={(value) => {
          if (value === '') drain.choose({ graceSeconds: null });
          else if (typeof value === 'number' && value >= 1 && value <= mostGrace) {
            drain.choose({ graceSeconds: value });
          }
        }}
      />
    </fieldset>
  );
}
