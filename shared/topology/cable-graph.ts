/** What a cable may be plugged into: an interface, or a port of a panel or of a console. */
export interface Socket {
  readonly id: string;
  /** `front` and `rear` are the two sides of a panel; a trace ends at the others. */
  readonly role: 'interface' | 'front' | 'rear' | 'console' | 'console-server';
  /** Of a front port: the rear port behind it, and which of its positions. */
  readonly rear: { readonly id: string; readonly position: number | null } | null;
  /** Of an interface: the bond or LAG above it, and what it sits upon. */
  readonly lagId: string | null;
  readonly parentId: string | null;
}

export interface CableEnd {
  readonly id: string;
  readonly cableId: string;
  readonly side: 'a' | 'b';
  readonly lane: number;
  /** Null: this end is plugged in nowhere. */
  readonly socketId: string | null;
}

/**
 * Cables as a trace asks for them, one question after the other, so that the host reads only what a
 * trace needs. Answers are the same for the same question, in a fixed order.
 */
export interface CableGraph {
  socket(id: string): Socket | undefined;
  /** Ends that are plugged into it; several where it is used twice. */
  endsAt(socketId: string): readonly CableEnd[];
  /** Both sides of a cable, by side and lane. */
  endsOf(cableId: string): readonly CableEnd[];
  /** Front ports that lead to a rear port, by position. */
  frontsOf(rearId: string): readonly Socket[];
  /** Interfaces that belong to a bond or LAG. */
  membersOf(lagId: string): readonly Socket[];
}
