/**
 * How a field of a kind of thing is typed, shown and kept. One description serves forms, tables, the
 * command line, CSV and YAML, so that a field that is added once is everywhere.
 */
interface Described {
  /** As a person calls it, beginning a label: `Rack unit`. */
  readonly label: string;
  readonly required?: true;
  /** What a required field is when nobody says it. */
  readonly standard?: string | number | boolean;
  /** What it means where the label cannot say it; one sentence. */
  readonly help?: string;
}

export interface TextField extends Described {
  readonly type: 'text' | 'long-text' | 'url' | 'colour';
  readonly most: number;
}

export interface NumberField extends Described {
  /** `bytes` counts bytes, `speed` Mbit/s, `watts` W, `watt-hours` Wh, `amperes` A, `volts` V, `length` mm, `units` rack units. */
  readonly type:
    | 'integer'
    | 'bytes'
    | 'speed'
    | 'watts'
    | 'watt-hours'
    | 'amperes'
    | 'volts'
    | 'length'
    | 'units'
    | 'minutes';
  readonly least: number;
  readonly most: number;
  /** Values are multiples of it; 1 where it is left out. */
  readonly step?: number;
}

export interface BooleanField extends Described {
  readonly type: 'boolean';
}

export interface ChoiceField extends Described {
  readonly type: 'choice';
  readonly options: readonly string[];
}

/** Kept as the id of a row of that kind, typed as its name. */
export interface ReferenceField extends Described {
  readonly type: 'reference';
  readonly to: string;
}

/** `host-address`: with prefix length, `10.0.0.2/24`; the others as shared/network reads them. */
export interface NetworkField extends Described {
  readonly type: 'address' | 'host-address' | 'prefix' | 'range' | 'mac';
}

export type Field =
  | TextField
  | NumberField
  | BooleanField
  | ChoiceField
  | ReferenceField
  | NetworkField;

/** What a field holds; null: not declared. */
export type FieldValue = string | number | boolean | null;

type Extra = {
  readonly required?: true;
  readonly standard?: string | number | boolean;
  readonly help?: string;
};

export const text = (label: string, extra: Extra & { readonly most?: number } = {}): TextField => ({
  type: 'text',
  label,
  most: 500,
  ...extra,
});
export const comment: TextField = { type: 'long-text', label: 'Comment', most: 20_000 };
export const url = (label: string): TextField => ({ type: 'url', label, most: 2_000 });
export const colour: TextField = { type: 'colour', label: 'Colour', most: 40 };
export const choice = (
  label: string,
  options: readonly string[],
  extra: Extra = {},
): ChoiceField => ({ type: 'choice', label, options, ...extra });
export const yesNo = (label: string, extra: Extra = {}): BooleanField => ({
  type: 'boolean',
  label,
  ...extra,
});
export const reference = (label: string, to: string, extra: Extra = {}): ReferenceField => ({
  type: 'reference',
  label,
  to,
  ...extra,
});
export const network = (
  type: NetworkField['type'],
  label: string,
  extra: Extra = {},
): NetworkField => ({ type, label, ...extra });
export const number = (
  label: string,
  least: number,
  most: number,
  extra: Extra & { readonly type?: NumberField['type']; readonly step?: number } = {},
): NumberField => ({ type: 'integer', label, least, most, ...extra });

const petabytes = 2 ** 53 - 1;
export const bytes = (label: string): NumberField => number(label, 0, petabytes, { type: 'bytes' });
export const speed = (label: string): NumberField => number(label, 1, 1_000_000, { type: 'speed' });
export const watts = (label: string): NumberField => number(label, 0, 1_000_000, { type: 'watts' });
