import { z } from 'zod';
import { code, passes } from './answer.ts';
import { checkEventType } from './event-types.ts';
import { hubSignature } from './hub-signature.ts';
import type { Answer, InterceptorRequest } from './interceptor.ts';
import { type Compiled, closed, eventTypes, type Params, readParams } from './params.ts';
import { secretRef } from './secret-ref.ts';

const schema = z.strictObject({
  secretRef,
  eventTypes,
  allowSha1: z.boolean().default(false),
});

/** Calls of Bitbucket, both kinds of it: their signature and the kind of event. */
export function bitbucketInterceptor(params: Params): Compiled {
  const { value, findings } = readParams(schema, params);
  if (!value) return closed('bitbucket', findings);
  const signature = hubSignature({
    header: 'X-Hub-Signature',
    absent: code.invalidArgument,
    secretRef: value.secretRef,
    allowSha1: value.allowSha1,
  });
  const before = (request: InterceptorRequest): Answer | undefined =>
    checkEventType(request.call, 'X-Event-Key', value.eventTypes) ?? signature.before(request);
  return {
    interceptor: {
      name: 'bitbucket',
      addsNothing: true,
      decide: (request) => before(request) ?? (value.secretRef ? undefined : passes()),
      ask: async (request, context) => before(request) ?? (await signature.check(request, context)) ?? passes(),
      unasked: () => ({ answer: passes(), would: 'check the signature in X-Hub-Signature' }),
    },
    findings: [...findings, ...signature.findings],
  };
}
