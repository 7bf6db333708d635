import { IconAlertTriangle, IconCircleCheck, IconCircleDashed } from '@tabler/icons-react';
import type { CableSocket, CableSummary, CableTrace } from '../../../shared/contract/cabling.ts';
import { endingWords } from '../../../shared/topology/ending-words.ts';
import { formatRoute } from '../../app/routes.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { DeviceLink, RecordLink } from '../links/thing-links.tsx';
import { optionLabel } from '../records/record-words.ts';
import { lengthText } from './cable-columns.tsx';
import { sideOf, traceRoute } from './socket-words.tsx';
import classes from './trace.module.css';

type Step = CableTrace['steps'][number];

/** A path from left to right for each end that is reached; panels are boxes with both their sides. */
export function TraceDrawing({ trace }: { readonly trace: CableTrace }) {
  return (
    <>
      <ol className={classes.branches}>
        {trace.branches.map((branch) => {
          const steps = branch.flatMap((index) => trace.steps[index] ?? []);
          return (
            <li key={branch.join('.')}>
              <Path steps={steps} />
            </li>
          );
        })}
      </ol>
      {trace.cut && <p className={classes.cut}>There is more, which is not drawn.</p>}
    </>
  );
}

/** The two sides of a panel that a path passes through stand in one box. */
interface Box {
  readonly way: Step['way'];
  readonly cable: CableSummary | null;
  readonly sockets: readonly CableSocket[];
  readonly index: number;
}

function boxesOf(steps: readonly Step[]): Box[] {
  const boxes: Box[] = [];
  steps.forEach(({ way, socket, cable }, index) => {
    const last = boxes.at(-1);
    if (way === 'panel' && last !== undefined && socket !== null) {
      boxes[boxes.length - 1] = { ...last, sockets: [...last.sockets, socket] };
    } else boxes.push({ way, cable, sockets: socket === null ? [] : [socket], index });
  });
  return boxes;
}

function Path({ steps }: { readonly steps: readonly Step[] }) {
  const ending = steps.at(-1)?.ending ?? null;
  const boxes = boxesOf(steps);
  return (
    <div className={classes.path}>
      {boxes.map(({ way, cable, sockets, index }, place) => (
        <div key={index} className={classes.part}>
          {way !== 'start' && <Way way={way} cable={cable} />}
          {sockets.length > 0 ? (
            <SocketBox sockets={sockets} />
          ) : (
            <span className={classes.loose} />
          )}
          {ending !== null && place === boxes.length - 1 && <EndingBadge ending={ending} />}
        </div>
      ))}
    </div>
  );
}

function EndingBadge({ ending }: { readonly ending: NonNullable<Step['ending']> }) {
  const words = endingWords[ending].replace(/\.$/, '');
  const [tone, icon] =
    ending === 'connected'
      ? (['ok', IconCircleCheck] as const)
      : ending === 'no-cable'
        ? (['neutral', IconCircleDashed] as const)
        : (['warn', IconAlertTriangle] as const);
  return (
    <span className={classes.ending}>
      <StatusBadge plain tone={tone} icon={icon}>
        {words}
      </StatusBadge>
    </span>
  );
}

function Way({ way, cable }: Pick<Box, 'way' | 'cable'>) {
  if (cable === null) {
    return <span className={classes.way}>{way === 'member' ? 'member' : 'upon'}</span>;
  }
  const details = [cable.type === null ? null : optionLabel(cable.type), lengthText(cable.length)]
    .filter((text) => text !== null && text !== '')
    .join(' · ');
  const known = cable.colour !== null && CSS.supports('color', cable.colour);
  return (
    <span className={classes.cable} data-status={cable.status}>
      <span className={classes.cableLabel}>
        <RecordLink kind="cable" id={cable.id} name={cable.label} />
      </span>
      <span
        aria-hidden
        className={classes.line}
        style={known ? { background: cable.colour ?? '' } : {}}
      />
      <span className={classes.cableDetails}>
        {[
          cable.status === 'connected' ? '' : optionLabel(cable.status),
          cable.colour ?? '',
          details,
        ]
          .filter((text) => text !== '')
          .join(' · ')}
      </span>
    </span>
  );
}

function SocketBox({ sockets }: { readonly sockets: readonly CableSocket[] }) {
  const [first] = sockets;
  if (first === undefined) return null;
  const isPanel = sideOf(first) !== '';
  return (
    <span className={classes.box} data-panel={isPanel || undefined}>
      <strong className={classes.device}>
        <DeviceLink id={first.deviceId} name={first.deviceName} />
      </strong>
      <span className={classes.sockets}>
        {sockets.map((socket) => (
          <a key={socket.id} className={classes.port} href={formatRoute(traceRoute(socket.id))}>
            <bdi>{socket.name}</bdi>
            {isPanel && <span className={classes.side}> {sideOf(socket)}</span>}
          </a>
        ))}
      </span>
      {first.lag !== null && (
        <span className={classes.side}>
          in <bdi>{first.lag}</bdi>
        </span>
      )}
    </span>
  );
}
