import { z } from 'zod';
import { isHmac } from '../../../core/access/same.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { warning } from '../../../core/errors/finding.ts';
import { isObject, type JsonObject } from '../../../core/json/json.ts';
import type { ListenerCall } from '../listener/call.ts';
import { code, passes, stops, unmet } from './answer.ts';
import type { Answer, InterceptorRequest } from './interceptor.ts';
import { type Compiled, closed, type Params, readParams } from './params.ts';
import { checkKey, secretOf, secretRef, warnOfKey } from './secret-ref.ts';

const schema = z.strictObject({ requestedFields: z.array(z.string()).optional(), secretRef });

const form = 'application/x-www-form-urlencoded';
const unsigned = 'no secret is checked, so anybody who knows the address can send commands';
/** Seconds: a signature that was made longer ago may have been overheard. */
const oldest = 300;

/** Commands of Slack: wanted fields of the form become extensions. With `secretRef`, which is ours, the signature is checked. */
export function slackInterceptor(params: Params): Compiled {
  const { value, findings } = readParams(schema, params);
  if (!value) return closed('slack', findings);
  const { requestedFields, secretRef: ref } = value;
  const read = ({ call, receivedAt }: InterceptorRequest): Answer =>
    checkCall(call) ?? checkKey(ref, 'secretRef') ?? (ref && checkAge(call, receivedAt)) ?? fieldsOf(call, requestedFields);
  return {
    interceptor: {
      name: 'slack',
      decide(request) {
        const answer = read(request);
        return ref && answer.continue ? undefined : answer;
      },
      async ask(request, context) {
        const answer = read(request);
        if (!ref || !answer.continue || isSigned(request.call, await secretOf(ref, request, context))) return answer;
        return unmet(`the signature in X-Slack-Signature is not made with the secret ${ref.secretName}.${ref.secretKey}`);
      },
      unasked: (request) => ({ answer: read(request), would: 'check the signature in X-Slack-Signature' }),
    },
    findings: [
      ...findings,
      ...warnOfKey(ref, 'secretRef'),
      ...(ref ? [] : [warning('CONFIG_INVALID', [], { problem: unsigned }, { hint: "give `secretRef` the app's signing secret" })]),
    ],
  };
}

function checkCall({ header }: ListenerCall): Answer | undefined {
  const type = header['Content-Type']?.[0] ?? '';
  if (type !== form) return stops(code.invalidArgument, `Content-Type is \`${type}\`, and Slack sends ${form}`);
  if (!header['X-Slack-Signature']?.[0]) return stops(code.invalidArgument, 'there is no header X-Slack-Signature');
  return undefined;
}

function fieldsOf(call: ListenerCall, wanted: readonly string[] | undefined): Answer {
  const form = formOf(call);
  if ('continue' in form) return form;
  if (!wanted) return stops(code.notFound, 'requestedFields is missing, so it is not known what is wanted of the form');
  const absent = wanted.find((field) => !Object.hasOwn(form.fields, field));
  if (absent === undefined) return passes(Object.fromEntries(wanted.map((field) => [field, form.fields[field]!])));
  return stops(code.notFound, `the form has no field \`${absent}\`; it has ${Object.keys(form.fields).join(', ') || 'none'}`);
}

/** Lists by name; a form of one field has not become JSON. */
function formOf(call: ListenerCall): { readonly fields: JsonObject } | Answer {
  try {
    const { json } = call;
    const isForm = isObject(json) && Object.values(json).every((list) => list === null || (Array.isArray(list) && list.every(isText)));
    if (isForm) return { fields: json };
  } catch (thrown) {
    if (!(thrown instanceof EngineError)) throw thrown;
  }
  return stops(code.invalidArgument, 'the body is no form of two fields or more');
}

const isText = (value: unknown): boolean => typeof value === 'string' || value === null;

function checkAge({ header }: ListenerCall, receivedAt: number): Answer | undefined {
  const seconds = header['X-Slack-Request-Timestamp']?.[0] ?? '';
  if (!/^\d+$/.test(seconds)) return unmet('there is no header X-Slack-Request-Timestamp, and the signature is over it');
  const age = Math.abs(Math.floor(receivedAt / 1000) - Number(seconds));
  if (age <= oldest) return undefined;
  return unmet(`X-Slack-Request-Timestamp is ${age} s off, and ${oldest} s are taken`);
}

/** `v0=HEX` over `v0:SECONDS:BODY`, the body as it was sent. */
function isSigned({ header, signed }: ListenerCall, secret: string): boolean {
  const [, hex] = /^v0=([\da-f]+)$/i.exec(header['X-Slack-Signature']![0]!) ?? [];
  return hex !== undefined && isHmac('sha256', secret, [`v0:${header['X-Slack-Request-Timestamp']![0]}:`, signed], hex);
}
