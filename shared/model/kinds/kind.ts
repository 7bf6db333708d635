import type { Field } from './field.ts';

/** A kind of thing in the inventory: what it is called and which fields it has. */
export interface Kind {
  /** In files, on the command line and in the contract: `ip-range`. */
  readonly name: string;
  readonly table: string;
  /** Beginning a sentence: `VLAN`, `Power link`. */
  readonly label: string;
  readonly plural: string;
  readonly fields: Readonly<Record<string, Field>>;
  /**
   * The fields that together name one, from the outside to the inside: of an interface its device
   * and its name. A reference stands for the name of what it refers to. Unique in the inventory
   * where `named`.
   */
  readonly key: readonly string[];
  /** Whether the key is unique, so that it can be looked up. */
  readonly named: boolean;
  /** The field that refers to what this belongs to and goes with. */
  readonly owner?: string;
}

export function defineKind<const K extends Kind>(kind: K): K {
  return kind;
}

/** Column of a field: `heightUnits` → `height_units`, a reference's with `_id`. */
export function columnOf(name: string, field: Field): string {
  const snake = name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return field.type === 'reference' ? `${snake}_id` : snake;
}
