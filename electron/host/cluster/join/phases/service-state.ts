import { type Command, type Part, UnclearAnswer } from '../../../engine/phases/index.ts';
import type { InitSystem } from './unit-text.ts';

export interface ServiceState {
  /** Starts at each boot. */
  readonly enabled: boolean;
  /** `starting`: K3s tells the service manager only when it is ready; an agent never does. */
  readonly running: 'yes' | 'starting' | 'no';
  /** How often the service manager began it anew. */
  readonly restarts: number;
}

/** For a look. */
export function stateAsked(init: InitSystem, service: string): string {
  return init === 'systemd'
    ? `systemctl show ${service}.service -p ActiveState -p UnitFileState -p NRestarts; systemctl is-enabled ${service}.service 2>/dev/null; true`
    : `rc-update show default 2>/dev/null | grep -q "^ *${service} |" && echo UnitFileState=enabled; rc-service ${service} status >/dev/null 2>&1 && echo ActiveState=active || echo ActiveState=inactive`;
}

export function readState(part: Part): ServiceState {
  const values = new Map(
    part.text.split('\n').flatMap((line): [string, string][] => {
      const [, key, value] = /^(\w+)=(.*)$/.exec(line.trim()) ?? [];
      return key === undefined || value === undefined ? [] : [[key, value]];
    }),
  );
  const active = values.get('ActiveState');
  if (active === undefined) throw new UnclearAnswer('The service manager says nothing of it.');
  const running =
    active === 'active' ? 'yes' : /^(activating|reloading)$/.test(active) ? 'starting' : 'no';
  return {
    enabled: values.get('UnitFileState') === 'enabled' || /^enabled$/m.test(part.text),
    running,
    restarts: Number(values.get('NRestarts') ?? 0) || 0,
  };
}

/** It returns at once: a start that cannot work would never end by itself. */
export function startCommand(init: InitSystem, service: string): Command {
  return init === 'systemd'
    ? {
        command: `systemctl daemon-reload && systemctl enable ${service}.service && systemctl restart --no-block ${service}.service`,
        says: 'Starts it, now and at each boot; its log is followed.',
      }
    : {
        command: `{ rc-update show default | grep -q '^ *${service} |' || rc-update add ${service} default; } && rc-service ${service} restart`,
        says: 'Starts it, now and at each boot; its log is followed.',
      };
}

/** It stays stopped also after the next boot: what could not join does not go on trying unseen. */
export function stopCommand(init: InitSystem, service: string): Command {
  return init === 'systemd'
    ? {
        command: `systemctl disable ${service}.service; systemctl stop ${service}.service; systemctl reset-failed ${service}.service 2>/dev/null; ! systemctl is-active -q ${service}.service`,
        timeoutMs: 120_000,
      }
    : {
        command: `rc-update del ${service} default 2>/dev/null; rc-service ${service} stop 2>/dev/null; ! rc-service ${service} status >/dev/null 2>&1`,
        timeoutMs: 120_000,
      };
}
