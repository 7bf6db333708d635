/** What an XID of NVIDIA's driver stands for, and whose fault it mostly is. */
export interface Xid {
  readonly code: number;
  readonly says: string;
  /** `program`: a program did what it must not; `card`: the hardware, the bus or the driver. */
  readonly cause: 'program' | 'card';
}

/** From NVIDIA's list of XID errors (docs of the driver, "XID Errors"). */
const known: ReadonlyMap<number, Omit<Xid, 'code'>> = new Map([
  [8, { cause: 'program', says: 'The card stopped working on what a program gave it.' }],
  [13, { cause: 'program', says: 'A program made the card compute something that it cannot.' }],
  [31, { cause: 'program', says: 'A program reached for memory of the card that is not its own.' }],
  [32, { cause: 'card', says: 'A command arrived damaged: the driver, the bus, or its memory.' }],
  [38, { cause: 'card', says: 'The firmware of the driver failed.' }],
  [43, { cause: 'program', says: 'What a program did was stopped; other programs go on.' }],
  [
    45,
    { cause: 'program', says: 'A program was ended, and what it had on the card cleared away.' },
  ],
  [48, { cause: 'card', says: 'Its memory had an error of two bits, which cannot be corrected.' }],
  [61, { cause: 'card', says: 'The microcontroller of the card stopped.' }],
  [62, { cause: 'card', says: 'The microcontroller of the card halted.' }],
  [
    63,
    {
      cause: 'card',
      says: 'A part of its memory was replaced by a spare one, which takes effect with the next reset.',
    },
  ],
  [
    64,
    { cause: 'card', says: 'A broken part of its memory could not be replaced by a spare one.' },
  ],
  [68, { cause: 'card', says: 'The video decoder failed.' }],
  [69, { cause: 'program', says: 'A program made the card compute something that it cannot.' }],
  [74, { cause: 'card', says: 'NVLink, the connection between cards, had an error.' }],
  [
    79,
    {
      cause: 'card',
      says: 'The card has fallen off the bus: power, heat, riser, or a broken card.',
    },
  ],
  [92, { cause: 'card', says: 'Its memory corrects many errors of one bit.' }],
  [94, { cause: 'card', says: 'An error of its memory hit one program only.' }],
  [
    95,
    {
      cause: 'card',
      says: 'An error of its memory may have hit every program: the card wants a reset.',
    },
  ],
  [109, { cause: 'program', says: 'A program did not let go of the card in time.' }],
  [119, { cause: 'card', says: 'The processor on the card (GSP) did not answer the driver.' }],
  [120, { cause: 'card', says: 'The processor on the card (GSP) failed.' }],
  [140, { cause: 'card', says: 'Its memory had an error that cannot be corrected.' }],
  [
    154,
    {
      cause: 'card',
      says: 'The card asks for something to be done: a reset, or a restart of the machine.',
    },
  ],
]);

/** One that is not known is told by its number. */
export function xidOf(code: number): Xid {
  const { cause, says } = known.get(code) ?? {
    cause: 'card',
    says: `The driver reported the error ${code}.`,
  };
  return { code, cause, says };
}
