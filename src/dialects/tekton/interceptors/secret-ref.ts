import { z } from 'zod';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { type Finding, warning } from '../../../core/errors/finding.ts';
import { unmet } from './answer.ts';
import type { Answer, InterceptorContext, InterceptorRequest } from './interceptor.ts';

/** A key of a Secret in the namespace of the trigger. */
export const secretRef = z
  .strictObject({
    secretName: z.string().default('').describe('The name of the Secret.'),
    secretKey: z.string().default('').describe('The key whose value is meant.'),
    namespace: z.string().optional().describe('Without effect, as in Tekton.'),
  })
  .optional();

export type SecretRef = NonNullable<z.output<typeof secretRef>>;

/** Stops every call where the reference names no key of a Secret. `field` is where it stands. */
export function checkKey(ref: SecretRef | undefined, field: string): Answer | undefined {
  const lacking = lackingIn(ref, field);
  return lacking === undefined ? undefined : unmet(lacking);
}

/** The same for `validate`. */
export function warnOfKey(ref: SecretRef | undefined, field: string): Finding[] {
  const lacking = lackingIn(ref, field);
  return lacking === undefined ? [] : [warning('CONFIG_INVALID', ['params'], { problem: `${lacking}, so every call is stopped` })];
}

function lackingIn(ref: SecretRef | undefined, field: string): string | undefined {
  const name = ref && (['secretKey', 'secretName'] as const).find((name) => ref[name] === '');
  return name && `${field} has no ${name}`;
}

/** The value as it is now. Rejects as `Secrets` does, and for an empty one: nobody is let in by a secret that is not there. */
export async function secretOf(
  { secretName: name, secretKey: key }: SecretRef,
  { triggerId }: InterceptorRequest,
  { secrets, signal }: InterceptorContext,
): Promise<string> {
  const value = await secrets.secret({ name, key }, signal);
  if (value !== '') return value;
  throw new EngineError('CONFIG_SECRET', { what: 'Secret', namespace: namespaceOf(triggerId), name, key, reason: 'it is empty' });
}

const namespaceOf = (triggerId: string): string => triggerId.split('/')[1] ?? '';
