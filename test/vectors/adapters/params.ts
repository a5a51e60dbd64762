import { z } from 'zod';
import { compileParameters } from '../../../sensors/triggers/parameters/index.ts';
import { compilePayload } from '../../../sensors/triggers/parameters/payload.ts';
import { compileSource } from '../../../sensors/triggers/parameters/source.ts';
import { parameterSourceSpec, parameterSpec, payloadParameterSpec } from '../../../sensors/triggers/parameters/spec.ts';
import { type Adapter, attempt } from '../adapter.ts';
import { argoEvents } from './argo-event.ts';

export const paramsResolve: Adapter = {
  compare: { error: 'failed' },
  async run(one) {
    const { value, error } = await attempt(() => compileSource(parameterSourceSpec.parse(one.src))(argoEvents(one.events)));
    return { value: value?.text ?? null, type: error === null ? (value?.type ?? 'String') : '', error };
  },
};

export const paramsApply: Adapter = {
  compare: { error: 'failed' },
  async run(one) {
    const { value, error } = await attempt(() =>
      compileParameters(z.array(parameterSpec).parse(one.params))(one.obj, argoEvents(one.events)),
    );
    return { result: value ?? null, error };
  },
};

export const paramsPayload: Adapter = {
  compare: { error: 'failed' },
  async run(one) {
    const { value, error } = await attempt(() => compilePayload(z.array(payloadParameterSpec).parse(one.params))(argoEvents(one.events)));
    return { payload: value ?? null, error };
  },
};
