/** What a command line says of the model that it serves. */
export interface ServedModel {
  readonly server: string | null;
  readonly model: string | null;
}

interface Server {
  readonly name: string;
  /** Of the whole command line, arguments joined by spaces. */
  readonly runs: RegExp;
  /** Options whose value names the model, the plainest first. */
  readonly options: readonly string[];
  /** A word after which the model stands by itself: `vllm serve MODEL`. */
  readonly after?: string;
}

const servers: readonly Server[] = [
  {
    name: 'vLLM',
    runs: /\bvllm\b|\bVLLM::/i,
    options: ['--served-model-name', '--model', '--model-tag'],
    after: 'serve',
  },
  {
    name: 'llama.cpp',
    runs: /\bllama-(server|cli|bench)\b|\bllama_cpp\b/,
    options: ['--alias', '-a', '--hf-repo', '-hf', '-hfr', '--model', '-m'],
  },
  { name: 'Ollama', runs: /\bollama\b/, options: ['--model'] },
  {
    name: 'Text Embeddings Inference',
    runs: /\btext-embeddings-router\b/,
    options: ['--model-id'],
  },
  {
    name: 'Text Generation Inference',
    runs: /\btext-generation-(launcher|server|router)\b/,
    options: ['--model-id'],
  },
  {
    name: 'SGLang',
    runs: /\bsglang\b/,
    options: ['--served-model-name', '--model-path', '--model'],
  },
  {
    name: 'Whisper',
    runs: /\bwhisper-server\b|\bfaster[-_]whisper\b|\bspeaches\b/,
    options: ['--model', '-m'],
  },
  { name: 'ComfyUI', runs: /\bcomfyui?\b/i, options: [] },
  { name: 'Jupyter', runs: /\bipykernel\b|\bjupyter\b/, options: [] },
  { name: 'Stable Diffusion', runs: /\bwebui\.py\b|\blaunch\.py\b.*stable/i, options: ['--ckpt'] },
];

/**
 * The server and the model of a process, by its arguments. Only those of known options are looked at:
 * a command line holds keys and tokens too, which go nowhere.
 */
export function modelOfCommand(argv: readonly string[]): ServedModel {
  const line = argv.join(' ');
  const server = servers.find(({ runs }) => runs.test(line));
  if (!server) return { server: null, model: null };
  const found =
    server.options.map((option) => optionValue(argv, option)).find((value) => value !== null) ??
    wordAfter(argv, server.after);
  return { server: server.name, model: found === null ? null : shortened(found) };
}

function optionValue(argv: readonly string[], option: string): string | null {
  for (const [at, word] of argv.entries()) {
    if (word === option) return plain(argv[at + 1]);
    if (word.startsWith(`${option}=`)) return plain(word.slice(option.length + 1));
  }
  return null;
}

function wordAfter(argv: readonly string[], word: string | undefined): string | null {
  const at = word === undefined ? -1 : argv.indexOf(word);
  return at < 0 ? null : plain(argv[at + 1]);
}

const plain = (word: string | undefined) =>
  word === undefined || word === '' || word.startsWith('-') ? null : word;

/** A path is told by its last part; a file of Ollama's by the beginning of its hash. */
function shortened(model: string): string {
  const blob = /\bsha256[-:]([0-9a-f]{12})[0-9a-f]*$/.exec(model)?.[1];
  if (blob !== undefined) return `sha256:${blob}`;
  const isFile =
    model.startsWith('/') || model.startsWith('./') || /\.(gguf|bin|safetensors)$/.test(model);
  return (isFile ? (model.split('/').filter(Boolean).at(-1) ?? model) : model).slice(0, 300);
}
