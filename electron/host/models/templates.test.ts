import path from 'node:path';
import { expect, it } from 'vitest';
import { choicesFrom } from '../../../shared/models/choices.ts';
import { fillTemplate } from '../../../shared/models/container-spec.ts';
import { estimateMemory } from '../../../shared/models/estimate.ts';
import { readTemplates } from './index.ts';

it('fills every template that comes along whole, with an estimate for what it begins with', async () => {
  const all = await readTemplates(path.resolve(import.meta.dirname, '../../../resources'));
  expect(all.map(({ name }) => name)).toEqual([
    ...['vllm', 'llama-cpp', 'ollama', 'open-webui'],
    ...['text-embeddings-inference', 'whisper', 'comfyui', 'jupyter'],
  ]);
  for (const template of all) {
    const choices = choicesFrom(template, {});
    expect(estimateMemory(template, choices).known, template.name).toBe(true);
    expect(JSON.stringify(fillTemplate(template, choices)), template.name).not.toContain('${');
  }
});
