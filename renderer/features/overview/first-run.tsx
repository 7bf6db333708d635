import { type Icon, IconChevronRight } from '@tabler/icons-react';
import { useApp } from '../../app/app-context.ts';
import { KeyHint } from '../../ui/key-hint.tsx';
import classes from './overview.module.css';

const ways = [
  {
    action: 'add-machine',
    text: 'Name a host. Its hardware, addresses and services are read in one round trip; nothing is installed there.',
  },
  {
    action: 'onboard',
    text: 'Leads a bare machine in, step by step: found, checked, mended, named and documented. You see each change before it is made.',
  },
  {
    action: 'open-sample',
    text: 'A small rack to look around in: boards, servers, a switch, a NAS, four VLANs. Undo takes it away again.',
  },
  {
    action: 'add-device',
    text: 'For what has no SSH, such as a UPS, or is only planned.',
  },
  {
    action: 'import',
    text: 'An inventory that was exported as YAML, or a table of one kind as CSV. You see first what it would add.',
  },
];

/** The first thing a newcomer sees: five ways to begin. */
export function FirstRun() {
  return (
    <div className={classes.first}>
      <div className={classes.firstInner}>
        <EmptyRack />
        <h1 className={classes.firstTitle}>Start with your rack</h1>
        <p className={classes.firstLead}>
          Rackhelm keeps the plan of your machines on this computer and compares it with what they
          say themselves.
        </p>
        <ul className={classes.ways}>
          {ways.map((way) => (
            <Way key={way.action} {...way} />
          ))}
        </ul>
      </div>
    </div>
  );
}

function Way({ action: id, text }: { readonly action: string; readonly text: string }) {
  const { actions } = useApp();
  const action = actions.get(id);
  const IconShape: Icon = action.icon;
  return (
    <li>
      <button type="button" className={classes.way} onClick={() => actions.run(id)}>
        <IconShape aria-hidden className={classes.wayIcon} />
        <span className={classes.wayText}>
          <span className={classes.wayTitle}>
            {action.title}
            {action.shortcut && <KeyHint keys={action.shortcut} />}
          </span>
          <span className={classes.wayNote}>{text}</span>
        </span>
        <IconChevronRight aria-hidden className={classes.wayArrow} />
      </button>
    </li>
  );
}

/** An empty rack, waiting. */
function EmptyRack() {
  return (
    <svg className={classes.emptyRack} viewBox="0 0 96 72" aria-hidden="true">
      <rect x="14" y="4" width="68" height="64" rx="5" />
      <path d="M22 4v64M74 4v64" />
      <rect x="24" y="11" width="48" height="9" rx="2" data-dashed />
      <rect x="24" y="24" width="48" height="9" rx="2" data-dashed />
      <rect x="24" y="37" width="48" height="22" rx="2" data-dashed />
      <path d="M29 15.5h.01M29 28.5h.01M29 44h.01" data-dot />
    </svg>
  );
}
