import { z } from 'zod';
import { same } from '../../../core/access/same.ts';
import { code, passes, stops } from './answer.ts';
import { checkEventType } from './event-types.ts';
import type { Answer, InterceptorRequest } from './interceptor.ts';
import { type Compiled, closed, eventTypes, type Params, readParams } from './params.ts';
import { checkKey, secretOf, secretRef, warnOfKey } from './secret-ref.ts';

const schema = z.strictObject({ secretRef, eventTypes });

const header = 'X-Gitlab-Token';

/** Calls of GitLab: the token that it sends along, and the kind of event. */
export function gitlabInterceptor(params: Params): Compiled {
  const { value, findings } = readParams(schema, params);
  if (!value) return closed('gitlab', findings);
  const ref = value.secretRef;
  const before = ({ call }: InterceptorRequest): Answer | undefined => {
    const no = checkEventType(call, 'X-Gitlab-Event', value.eventTypes) ?? checkKey(ref, 'secretRef');
    if (no || !ref || call.header[header]?.[0]) return no;
    return stops(code.invalidArgument, `there is no header ${header}, so nobody knows who has sent this`);
  };
  return {
    interceptor: {
      name: 'gitlab',
      addsNothing: true,
      decide: (request) => before(request) ?? (ref ? undefined : passes()),
      async ask(request, context) {
        const no = before(request);
        if (no || !ref) return no ?? passes();
        const token = await secretOf(ref, request, context);
        if (same(request.call.header[header]![0]!, token)) return passes();
        return stops(code.invalidArgument, `the token in ${header} is not the secret ${ref.secretName}.${ref.secretKey}`);
      },
      unasked: () => ({ answer: passes(), would: `check the token in ${header}` }),
    },
    findings: [...findings, ...warnOfKey(ref, 'secretRef')],
  };
}
