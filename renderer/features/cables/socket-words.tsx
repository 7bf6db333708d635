import type { CableSocket } from '../../../shared/contract/cabling.ts';
import { formatRoute } from '../../app/routes.ts';
import { DeviceLink } from '../links/thing-links.tsx';
import classes from './cables.module.css';

/** Which side of a panel it is; empty of anything else. */
export const sideOf = ({ role }: Pick<CableSocket, 'role'>): string =>
  role === 'front' || role === 'rear' ? role : '';

/** `pi-1 eth0`, where the device leads to its page and the port to its trace. */
export function SocketLink({ socket }: { readonly socket: CableSocket }) {
  const side = sideOf(socket);
  return (
    <span className={classes.socket}>
      <DeviceLink id={socket.deviceId} name={socket.deviceName} />{' '}
      <a
        className={classes.portLink}
        href={formatRoute(traceRoute(socket.id))}
        title={`Trace from ${socket.deviceName} ${socket.name}`}
        onClick={(event) => event.stopPropagation()}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <bdi>{socket.name}</bdi>
      </a>
      {side !== '' && <span className={classes.quiet}> {side}</span>}
      {socket.lag !== null && (
        <span className={classes.quiet}>
          {' '}
          in <bdi>{socket.lag}</bdi>
        </span>
      )}
    </span>
  );
}

export const traceRoute = (socketId: string) =>
  ({ screen: 'racks', view: 'cables', thing: `trace/${socketId}` }) as const;
