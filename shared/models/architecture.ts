/** What the memory of a language model depends on, as its config.json says it. */
export interface Architecture {
  readonly parameters: number;
  readonly layers: number;
  /** Heads that keep keys and values; fewer than heads that ask, with grouped-query attention. */
  readonly kvHeads: number;
  readonly headSize: number;
  /** Parameters of embedding and output, which 4-bit and 8-bit formats leave at 16 bits. */
  readonly embedding: number;
}

export interface FoundArchitecture extends Architecture {
  /** Null: known by its name. Else the sentence that says what was guessed. */
  readonly guess: string | null;
}

type Row = readonly [
  name: string,
  billions: number,
  layers: number,
  kvHeads: number,
  headSize: number,
  embedding: number,
];

/** From each model's config.json; embedding is vocabulary × width, twice where the output is not tied to it. */
const known: readonly Row[] = [
  ['qwen2.5-0.5b', 0.494, 24, 2, 64, 151_936 * 896],
  ['qwen3-0.6b', 0.596, 28, 8, 128, 151_936 * 1024],
  ['llama-3.2-1b', 1.236, 16, 8, 64, 128_256 * 2048],
  ['qwen2.5-1.5b', 1.544, 28, 2, 128, 151_936 * 1536],
  ['qwen3-1.7b', 1.721, 28, 8, 128, 151_936 * 2048],
  ['qwen2.5-3b', 3.086, 36, 2, 128, 151_936 * 2048],
  ['llama-3.2-3b', 3.213, 28, 8, 128, 128_256 * 3072],
  ['qwen3-4b', 4.022, 36, 8, 128, 151_936 * 2560],
  ['mistral-7b', 7.248, 32, 8, 128, 2 * 32_768 * 4096],
  ['qwen2.5-7b', 7.616, 28, 4, 128, 2 * 152_064 * 3584],
  ['llama-3.1-8b', 8.03, 32, 8, 128, 2 * 128_256 * 4096],
  ['llama-3-8b', 8.03, 32, 8, 128, 2 * 128_256 * 4096],
  ['qwen3-8b', 8.191, 36, 8, 128, 2 * 151_936 * 4096],
  ['phi-4', 14.66, 40, 10, 128, 2 * 100_352 * 5120],
  ['qwen3-14b', 14.768, 40, 8, 128, 2 * 151_936 * 5120],
  ['qwen2.5-14b', 14.77, 48, 8, 128, 2 * 152_064 * 5120],
  ['qwen3-32b', 32.762, 64, 8, 128, 2 * 151_936 * 5120],
  ['qwen2.5-32b', 32.764, 64, 8, 128, 2 * 152_064 * 5120],
  ['llama-3.1-70b', 70.554, 80, 8, 128, 2 * 128_256 * 8192],
  ['llama-3.3-70b', 70.554, 80, 8, 128, 2 * 128_256 * 8192],
  ['qwen2.5-72b', 72.706, 80, 8, 128, 2 * 152_064 * 8192],
];

/**
 * By the name of the model, however its repository is called; else guessed from the number of parameters in
 * the name, or from `billions`. Null: neither says how large it is.
 */
export function architectureOf(model: string, billions: number | null): FoundArchitecture | null {
  const name = model.toLowerCase().replaceAll('_', '-').replace('meta-llama', 'llama');
  const found = known.find(([key]) => matches(name, key));
  if (found !== undefined && billions === null) return { ...read(found), guess: null };
  const size = billions ?? billionsIn(name);
  return size === null ? null : guessed(size);
}

/** `llama-3.1-8b` is not a part of `llama-3.1-8bit`, nor `phi-4` of `phi-4-mini`. */
function matches(name: string, key: string): boolean {
  const at = name.indexOf(key);
  if (at < 0) return false;
  const before = at === 0 ? '/' : name.charAt(at - 1);
  const rest = name.slice(at + key.length);
  return (
    !/[a-z0-9.]/.test(before) && !/^[a-z0-9.]/.test(rest) && !/^-(mini|multimodal|a\d+b)/.test(rest)
  );
}

function billionsIn(name: string): number | null {
  // 8x7b has all its experts in memory; what they share makes it a little less than the product.
  const experts = /(?<![a-z0-9.])(\d{1,2})x(\d{1,3}(?:\.\d+)?)b(?![a-z0-9])/.exec(name);
  if (experts !== null) return Number(experts[1]) * Number(experts[2]);
  const plain = /(?<![a-z0-9.])(\d{1,4}(?:\.\d+)?)b(?![a-z0-9])/.exec(name);
  if (plain !== null) return Number(plain[1]) > 0 ? Number(plain[1]) : null;
  const millions = /(?<![a-z0-9.])(\d{1,4})m(?![a-z0-9])/.exec(name);
  return millions !== null && Number(millions[1]) > 0 ? Number(millions[1]) / 1000 : null;
}

/** By the known model that keeps the most per token among those next in size: rather too much than too little. */
function guessed(billions: number): FoundArchitecture {
  const larger = known.filter(([, size]) => size >= billions);
  const nearest = larger[0]?.[1];
  const pool =
    nearest === undefined ? known.slice(-1) : larger.filter(([, b]) => b <= nearest * 1.3);
  const model = pool.reduce((most, row) => (perToken(row) > perToken(most) ? row : most));
  const scale = Math.max(1, billions / model[1]);
  const like = read(model);
  return {
    ...like,
    parameters: billions * 1e9,
    layers: Math.ceil(like.layers * scale),
    embedding: Math.min(like.embedding, billions * 1e9),
    guess: `Layers and heads are not known; taken as in ${model[0]}, for ${billions} billion parameters.`,
  };
}

const perToken = ([, , layers, kvHeads, headSize]: Row) => layers * kvHeads * headSize;

function read([, billions, layers, kvHeads, headSize, embedding]: Row): Architecture {
  return { parameters: billions * 1e9, layers, kvHeads, headSize, embedding };
}
