import type { ZodType } from 'zod';
import { badInput } from './coded-error.ts';

/** Parses a GraphQL input once, at the edge. The first fault becomes BAD_USER_INPUT naming the field. */
export function parseInput<T>(schema: ZodType<T>, input: unknown): T {
  const result = schema.safeParse(input);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const field = issue?.path.join('.') ?? '';
  throw badInput(field, issue?.message ?? 'The input is not acceptable.');
}
