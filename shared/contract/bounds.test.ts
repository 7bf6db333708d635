import { isContractProcedure } from '@orpc/contract';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { contract } from './index.ts';

/** Every procedure by its path, with the schema of what it takes. */
function inputs(node: unknown, path: string): [string, z.ZodType][] {
  if (isContractProcedure(node)) {
    const schema = node['~orpc'].inputSchema;
    return schema instanceof z.ZodType ? [[path, schema]] : [];
  }
  return Object.entries(node as Record<string, unknown>).flatMap(([name, inner]) =>
    inputs(inner, path === '' ? name : `${path}.${name}`),
  );
}

type JsonSchema = { readonly [key: string]: unknown };

/** Paths of the parts of a JSON schema that a client may make as large as it likes. */
function unbounded(schema: JsonSchema, path: string): string[] {
  const inner = Object.entries(schema).flatMap(([key, value]) =>
    typeof value === 'object' && value !== null
      ? unbounded(value as JsonSchema, `${path}/${key}`)
      : [],
  );
  const closed = 'enum' in schema || 'const' in schema || 'format' in schema;
  const open =
    (schema.type === 'string' && !closed && schema.maxLength === undefined) ||
    (schema.type === 'array' && schema.maxItems === undefined) ||
    ('additionalProperties' in schema && schema.additionalProperties !== false);
  return open ? [path, ...inner] : inner;
}

describe('what a client may send', () => {
  it.each(inputs(contract, ''))('is bounded by what it means: %s', (_name, schema) => {
    const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
    expect(unbounded(json as JsonSchema, '')).toEqual([]);
  });

  it('is seen to be without a bound where it is', () => {
    const schema = z.object({ names: z.array(z.string()), any: z.record(z.string(), z.string()) });
    const json = z.toJSONSchema(schema, { io: 'input' });
    expect(unbounded(json as JsonSchema, '')).toEqual([
      '/properties/names',
      '/properties/names/items',
      '/properties/any',
      '/properties/any/propertyNames',
      '/properties/any/additionalProperties',
    ]);
  });
});
