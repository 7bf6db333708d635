/**
 * How the weights of a model may be written, and how many bits one of them takes.
 *
 * Real files, not the number in the name: GGUF's K quants mix widths and carry scales, so their figure is the
 * size of a whole file of Llama 3.1 8B by its parameters. AWQ and GPTQ keep a scale of 16 bits and a zero of 4
 * for each 128 weights, and leave embedding and output in 16 bits, as FP8 does.
 */
export const quantisations = {
  FP32: { bits: 32, embeddingBits: null },
  FP16: { bits: 16, embeddingBits: null },
  BF16: { bits: 16, embeddingBits: null },
  FP8: { bits: 8, embeddingBits: 16 },
  INT8: { bits: 8, embeddingBits: 16 },
  AWQ: { bits: 4.16, embeddingBits: 16 },
  GPTQ: { bits: 4.16, embeddingBits: 16 },
  Q8_0: { bits: 8.5, embeddingBits: null },
  Q6_K: { bits: 6.57, embeddingBits: null },
  Q5_K_M: { bits: 5.71, embeddingBits: null },
  Q4_K_M: { bits: 4.9, embeddingBits: null },
  Q4_K_S: { bits: 4.67, embeddingBits: null },
  IQ4_XS: { bits: 4.43, embeddingBits: null },
  Q3_K_M: { bits: 4.01, embeddingBits: null },
  Q2_K: { bits: 3.17, embeddingBits: null },
} as const satisfies Record<string, { bits: number; embeddingBits: number | null }>;

export type Quantisation = keyof typeof quantisations;

/**
 * What the name of a model says of it: `…-AWQ`, `…-FP8`, `llama3.1:8b-instruct-q8_0`. Null: nothing, so that it
 * is as it was trained, or as whoever serves it converts it.
 */
export function quantisationOfName(model: string): Quantisation | null {
  const words = model.toUpperCase().split(/[^A-Z0-9_]+/);
  const found = words.findLast((word) => isQuantisation(word) && !/^(FP|BF)(16|32)$/.test(word));
  return found !== undefined && isQuantisation(found) ? found : null;
}

export function isQuantisation(text: string): text is Quantisation {
  return Object.hasOwn(quantisations, text);
}
