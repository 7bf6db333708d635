import { IconCheck, IconPlus, IconRefresh, IconServer, IconTrash } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import { Button, IconButton } from '../../ui/button.tsx';
import { CopyText } from '../../ui/copy-text.tsx';
import { ConfirmDialog, Dialog } from '../../ui/dialog.tsx';
import { EditableField } from '../../ui/editable-field.tsx';
import { EmptyState } from '../../ui/empty-state.tsx';
import { Callout, ErrorState } from '../../ui/error-state.tsx';
import { Field, FieldList } from '../../ui/field-list.tsx';
import { FilterMenu, ToggleChip } from '../../ui/filter-menu.tsx';
import { KeyHint } from '../../ui/key-hint.tsx';
import { Meter } from '../../ui/meter.tsx';
import { PageBody, PageHeader, Toolbar } from '../../ui/page.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { StatusBadge, type Tone } from '../../ui/status-badge.tsx';
import { CheckSpecimens } from './check-specimen.tsx';
import classes from './gallery.module.css';
import { JobSpecimens } from './job-specimen.tsx';
import { TableSpecimen } from './table-specimen.tsx';

const tones: readonly Tone[] = ['ok', 'info', 'warn', 'danger', 'neutral'];
const problem = {
  message: 'pi-1 refused the connection.',
  hint: 'Check that sshd runs there and listens on this port.',
  code: 'SSH_REFUSED',
};

/** Every component of renderer/ui in each of its states, for people who work on them. */
export default function GalleryScreen() {
  return (
    <>
      <PageHeader title="Gallery" note="Every component in each state" />
      <PageBody>
        <div className={classes.gallery}>
          <Buttons />
          <Badges />
          <Fields />
          <Filters />
          <States />
          <Dialogs />
          <CheckSpecimens />
          <JobSpecimens />
          <Section title="Data table, 10,000 rows">
            <TableSpecimen />
          </Section>
        </div>
      </PageBody>
    </>
  );
}

function Specimen({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className={classes.specimen}>
      <span className={classes.name}>{name}</span>
      <div className={classes.row}>{children}</div>
    </div>
  );
}

function Buttons() {
  return (
    <Section title="Buttons">
      <Specimen name="Tones">
        <Button>Default</Button>
        <Button tone="primary">Primary</Button>
        <Button tone="danger">Danger</Button>
        <Button tone="quiet">Quiet</Button>
      </Specimen>
      <Specimen name="With icon and shortcut">
        <Button icon={IconPlus} shortcut="N">
          Add
        </Button>
        <Button tone="primary" icon={IconRefresh} shortcut="mod+R">
          Collect
        </Button>
      </Specimen>
      <Specimen name="Disabled and busy">
        <Button disabled>Disabled</Button>
        <Button tone="primary" disabled>
          Disabled primary
        </Button>
        <Button busy>Busy</Button>
        <Button tone="primary" busy>
          Busy primary
        </Button>
      </Specimen>
      <Specimen name="Icon only">
        <IconButton label="Refresh" icon={IconRefresh} shortcut="R" />
        <IconButton label="Pressed" icon={IconCheck} pressed />
        <IconButton label="Not possible now" icon={IconTrash} disabled />
      </Specimen>
      <Specimen name="Keys">
        <KeyHint keys="mod+K" />
        <KeyHint keys="mod+shift+Z" />
        <KeyHint keys="?" />
      </Specimen>
    </Section>
  );
}

function Badges() {
  return (
    <Section title="Status badges and meters">
      <Specimen name="Badge">
        {tones.map((tone) => (
          <StatusBadge key={tone} tone={tone} icon={IconCheck}>
            {tone}
          </StatusBadge>
        ))}
      </Specimen>
      <Specimen name="Plain">
        {tones.map((tone) => (
          <StatusBadge key={tone} tone={tone} icon={IconCheck} plain>
            {tone}
          </StatusBadge>
        ))}
      </Specimen>
      <Specimen name="Meter">
        <div className={classes.meters}>
          <Meter label="Low" share={0.2} text="20 of 100 GiB" />
          <Meter label="High" share={0.8} text="80 of 100 GiB" />
          <Meter label="Full" share={0.97} text="97 of 100 GiB" />
        </div>
      </Specimen>
    </Section>
  );
}

function Fields() {
  const [name, setName] = useState('pi-1');
  return (
    <Section title="Fields">
      <div className={classes.narrow}>
        <FieldList>
          <Field label="Plain">Raspberry Pi 5</Field>
          <Field label="Address">
            <CopyText text="10.0.10.11" />
          </Field>
          <Field label="Missing" />
        </FieldList>
        <dl>
          <EditableField
            label="Editable"
            value={name}
            onSave={async (text) => {
              setName(text);
              return null;
            }}
          />
          <EditableField
            label="Refused"
            value="pi-2"
            onSave={async () => 'There is another device of this name.'}
          />
          <EditableField
            label="Checked"
            value="22"
            validate={(text) => (/^\d+$/.test(text) ? null : 'A number, please.')}
            onSave={async () => null}
          />
          <EditableField label="Empty" value="" onSave={async () => null} />
        </dl>
      </div>
    </Section>
  );
}

function Filters() {
  const [chosen, setChosen] = useState<readonly string[]>(['b']);
  const [on, setOn] = useState(true);
  const options = ['a', 'b', 'c'].map((value) => ({ value, label: `Option ${value}` }));
  return (
    <Section title="Toolbar and filters">
      <Toolbar label="Specimen toolbar">
        <FilterMenu label="None" options={options} chosen={[]} onChange={() => undefined} />
        <FilterMenu label="Some" options={options} chosen={chosen} onChange={setChosen} />
        <ToggleChip on={on} onChange={setOn}>
          Toggle
        </ToggleChip>
        <ToggleChip on={!on} onChange={(next) => setOn(!next)}>
          Other
        </ToggleChip>
      </Toolbar>
    </Section>
  );
}

function States() {
  return (
    <Section title="States">
      <div className={classes.states}>
        <div className={classes.frame}>
          <Skeleton label="Reading" />
        </div>
        <div className={classes.frame}>
          <EmptyState icon={IconServer} title="No devices yet" actions={<Button>Add</Button>}>
            Add a machine, or write one down by hand.
          </EmptyState>
        </div>
        <div className={classes.frame}>
          <ErrorState error={problem} onRetry={() => undefined} />
        </div>
      </div>
      <div className={classes.callouts}>
        <Callout title="Good to know">A remark within a view.</Callout>
        <Callout tone="warn" title="This looks like a clone of pi-1.">
          Both have the same machine id.
        </Callout>
        <Callout tone="danger" title={problem.message}>
          {problem.hint}
        </Callout>
      </div>
    </Section>
  );
}

function Dialogs() {
  const [open, setOpen] = useState<'none' | 'plain' | 'confirm'>('none');
  const close = () => setOpen('none');
  return (
    <Section title="Dialogs">
      <Specimen name="Open one">
        <Button onClick={() => setOpen('plain')}>Dialog</Button>
        <Button onClick={() => setOpen('confirm')}>Confirm</Button>
      </Specimen>
      {open === 'plain' && (
        <Dialog title="A dialog" onClose={close} footer={<Button onClick={close}>Close</Button>}>
          Its body scrolls under its title.
        </Dialog>
      )}
      {open === 'confirm' && (
        <ConfirmDialog title="Delete pi-1?" confirm="Delete" onConfirm={close} onCancel={close}>
          Cancel has the focus.
        </ConfirmDialog>
      )}
    </Section>
  );
}
