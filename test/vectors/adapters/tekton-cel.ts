import type { KeySelector } from '../../../src/core/access/selectors.ts';
import { compileCel } from '../../../src/core/cel/index.ts';
import { jsonOf } from '../../../src/core/cel/json.ts';
import { CelFault } from '../../../src/core/cel/values/fault.ts';
import { TypeValue, typeName } from '../../../src/core/cel/values/value.ts';
import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { celInterceptor } from '../../../src/dialects/tekton/interceptors/cel/index.ts';
import { celOfTekton } from '../../../src/dialects/tekton/interceptors/cel/params.ts';
import type { InterceptorContext } from '../../../src/dialects/tekton/interceptors/interceptor.ts';
import { ListenerCall } from '../../../src/dialects/tekton/listener/call.ts';
import { type Adapter, attempt, type Case } from '../adapter.ts';

const goTypes: Readonly<Record<string, string>> = { list: 'list(dyn)', map: 'map(dyn, dyn)' };

/** The secrets of a file, by `name/key`; all are of the namespace of the trigger. */
const secretsOf = ({ secrets }: Case): Map<string, string> => {
  const objects = Object.entries<Record<string, string>>(secrets.data ?? secrets);
  return new Map(objects.flatMap(([id, data]) => Object.entries(data).map(([key, value]) => [`${id.split('/')[1]}/${key}`, value])));
};

export const tektonCel: Adapter = {
  compare: { wantError: 'failed' },
  async run({ expr }, file) {
    const { value, error } = await attempt(() => compileCel(expr, celOfTekton).evaluate(file.event, secretsOf(file)));
    if (value === undefined || value instanceof CelFault) return { wantError: value?.problem ?? error };
    const name = typeName(value);
    return { want: value instanceof TypeValue ? value.name : jsonOf(value), wantType: goTypes[name] ?? name, wantError: null };
  },
};

const codes: Readonly<Record<number, string>> = { 3: 'InvalidArgument', 9: 'FailedPrecondition', 13: 'Internal' };

export const tektonCelInterceptor: Adapter = {
  compare: {
    wantCode: (wanted, got) => String(wanted) === got || codes[Number(wanted)] === got,
    wantMessage: 'failed',
  },
  async run({ params, body, extensions }, file) {
    const { interceptor } = celInterceptor(params ?? {});
    const { context, header } = file;
    const call = new ListenerCall({ url: context.event_url, header, body: body ?? '' });
    const request = { call, extensions: extensions ?? {}, triggerId: context.trigger_id, eventId: context.event_id, receivedAt: 0 };
    const atHand = secretsOf(file);
    const secret = async ({ name, key }: KeySelector) => {
      const value = atHand.get(`${name}/${key}`);
      if (value === undefined) throw new EngineError('CONFIG_SECRET', { what: 'Secret', namespace: '', name, key, reason: 'not there' });
      return value;
    };
    const { value: answer, error } = await attempt(
      () => interceptor.decide(request) ?? interceptor.ask(request, { secrets: { secret } } as unknown as InterceptorContext),
    );
    if (!answer) return { wantContinue: false, wantCode: codes[3], wantMessage: error };
    if (answer.continue) return { wantContinue: true, wantExtensions: answer.extensions };
    return { wantContinue: false, wantCode: codes[answer.code], wantMessage: answer.message };
  },
};
