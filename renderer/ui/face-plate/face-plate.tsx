import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import { faceLayout, numberOf, type PlacedPort } from './face-layout.ts';
import classes from './face-plate.module.css';

/** A port with what is marked on it; the words tell all of it, the marks are for the eye. */
export interface FacePort extends PlacedPort {
  readonly id: string;
  /** Everything about it in one line. */
  readonly text: string;
  /** In the socket, in the colour of the tone: a VLAN, a speed. */
  readonly mark?: { readonly text: string; readonly tone: string } | undefined;
  /** A smaller one beside it: how many more. */
  readonly more?: string | undefined;
  /** What hangs on it: a cable, only seen, or doubtful. */
  readonly link?: 'cable' | 'seen' | 'doubtful' | undefined;
  readonly disabled?: boolean | undefined;
  readonly power?: boolean | undefined;
}

export type FacePick = 'only' | 'toggle' | 'range';

interface FacePlateProps {
  readonly label: string;
  readonly ports: readonly FacePort[];
  readonly selected?: ReadonlySet<string>;
  readonly onPick?: (id: string, mode: FacePick) => void;
  readonly onOpen?: (id: string) => void;
}

/**
 * The front of a device with its ports where they are on it. One stop for Tab; the arrow keys go from
 * port to port, Space chooses, Shift chooses up to there.
 */
export function FacePlate({ label, ports, selected, onPick, onOpen }: FacePlateProps) {
  const groups = faceLayout(ports);
  const plate = useRef<HTMLDivElement>(null);
  const [current, setCurrent] = useState<string | null>(null);
  const reachable =
    current !== null && ports.some(({ id }) => id === current) ? current : firstOf(groups);

  function onKeyDown(event: KeyboardEvent<HTMLDivElement>): void {
    const id = event.target instanceof HTMLElement ? event.target.dataset.port : undefined;
    if (id === undefined) return;
    const to = neighbourOf(groups, id, event.key);
    if (to !== null) {
      event.preventDefault();
      setCurrent(to);
      plate.current?.querySelector<HTMLElement>(`[data-port="${CSS.escape(to)}"]`)?.focus();
      if (event.shiftKey) onPick?.(to, 'range');
    } else if (event.key === 'Enter' && onOpen) {
      event.preventDefault();
      onOpen(id);
    } else if (event.key === ' ') {
      event.preventDefault();
      onPick?.(id, 'toggle');
    }
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={plate}
      className={classes.plate}
      role="group"
      aria-label={label}
      onKeyDown={onKeyDown}
    >
      {groups.map(({ stem, connector, rows }) => (
        <div key={`${connector} ${stem}`} className={classes.group} data-connector={connector}>
          <span className={classes.stem} title={stem}>
            <bdi>{stem.replace(/[-_/. ]+$/, '') || connector}</bdi>
          </span>
          <div className={classes.blocks}>
            {blocksOf(rows).map((block) => (
              <div key={block[0]?.[0]?.id} className={classes.block}>
                {block.map((row, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the upper and the lower row
                  <div key={index} className={classes.row}>
                    {row.map((port) => (
                      <Port
                        key={port.id}
                        port={port}
                        below={index === 1}
                        tabbable={port.id === reachable}
                        selected={selected?.has(port.id) ?? false}
                        onPick={(mode) => {
                          setCurrent(port.id);
                          onPick?.(port.id, mode);
                        }}
                        onOpen={() => onOpen?.(port.id)}
                      />
                    ))}
                  </div>
                ))}
              </div>
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}

/** Six in a row, as on the front of most switches; where there is no room the next block goes below. */
const blockWidth = 6;

function blocksOf(rows: readonly (readonly FacePort[])[]): (readonly FacePort[])[][] {
  const count = Math.ceil((rows[0]?.length ?? 0) / blockWidth);
  return Array.from({ length: count }, (_, block) =>
    rows.map((row) => row.slice(block * blockWidth, (block + 1) * blockWidth)),
  );
}

type Groups = ReturnType<typeof faceLayout<FacePort>>;

const firstOf = (groups: Groups) => groups[0]?.rows[0]?.[0]?.id ?? null;

/** The port beside, above or below; null where the key is none of these or there is none. */
function neighbourOf(groups: Groups, id: string, key: string): string | null {
  const columns = groups.flatMap(({ rows }) =>
    (rows[0] ?? []).map((upper, index) => ({ upper, lower: rows[1]?.[index] })),
  );
  const at = columns.findIndex(({ upper, lower }) => upper.id === id || lower?.id === id);
  const column = columns[at];
  if (column === undefined) return null;
  const below = column.lower?.id === id;
  if (key === 'ArrowUp') return below ? column.upper.id : null;
  if (key === 'ArrowDown') return below ? null : (column.lower?.id ?? null);
  const step = key === 'ArrowLeft' ? -1 : key === 'ArrowRight' ? 1 : 0;
  const beside = step === 0 ? undefined : columns[at + step];
  if (key === 'Home') return columns[0]?.upper.id ?? null;
  if (key === 'End') return columns.at(-1)?.upper.id ?? null;
  return beside === undefined ? null : ((below ? beside.lower : undefined) ?? beside.upper).id;
}

interface PortProps {
  readonly port: FacePort;
  readonly below: boolean;
  readonly tabbable: boolean;
  readonly selected: boolean;
  readonly onPick: (mode: FacePick) => void;
  readonly onOpen: () => void;
}

function Port({ port, below, tabbable, selected, onPick, onOpen }: PortProps) {
  const { id, name, text, mark, more, link, disabled, power } = port;
  const number = (
    <span className={classes.number} aria-hidden>
      <span className={classes.led}>{link === 'doubtful' ? '!' : ''}</span>
      {numberOf(name).slice(-4)}
    </span>
  );
  return (
    <button
      type="button"
      className={classes.port}
      data-port={id}
      data-link={link}
      data-disabled={disabled || undefined}
      tabIndex={tabbable ? 0 : -1}
      aria-pressed={selected}
      title={text}
      onClick={(event: MouseEvent) => {
        const more = event.ctrlKey || event.metaKey;
        onPick(event.shiftKey ? 'range' : more ? 'toggle' : 'only');
      }}
      onDoubleClick={onOpen}
    >
      <span className="rh-hidden">{text}</span>
      {!below && number}
      <span className={classes.socket} data-tone={mark?.tone} aria-hidden>
        <span className={classes.mark}>{disabled ? '×' : mark?.text}</span>
        {more && <span className={classes.moreMark}>{more}</span>}
        {power && <span className={classes.power} />}
      </span>
      {below && number}
    </button>
  );
}
