import { compileExpression } from '../../../src/dialects/tekton/bindings/evaluate.ts';
import { findExpressions, pathOf } from '../../../src/dialects/tekton/bindings/expressions.ts';
import { bindingDocument, compileBindings, defaultsOf } from '../../../src/dialects/tekton/bindings/index.ts';
import { mergeBindings } from '../../../src/dialects/tekton/bindings/merge.ts';
import { ListenerCall } from '../../../src/dialects/tekton/listener/call.ts';
import { type Adapter, attempt, type Case } from '../adapter.ts';

/** The words of an error are a library's; that there is one counts. */
const compare = { wantError: 'failed' } as const;

export const tektonJsonPath: Adapter = {
  compare,
  async run({ input, inputRef, expr }, { inputs }) {
    const { value, error } = await attempt(() => compileExpression(expr)(input ?? inputs[inputRef]));
    return { want: value, wantError: error };
  },
};

export const tektonExpressions: Adapter = {
  compare,
  async run({ text, normalize }) {
    if (text !== undefined) {
      const found = findExpressions(text);
      return { wantExpressions: found.map(({ expression }) => expression), wantOriginals: found.map(({ original }) => original) };
    }
    const { value, error } = await attempt(() => pathOf(normalize));
    return { want: value && `{${value}}`, wantError: error };
  },
};

export const tektonParams: Adapter = {
  compare,
  async run({ bindingParams, event, templateParams }) {
    const { value, error } = await attempt(() => {
      const call = new ListenerCall({ url: '/', header: event.header, body: event.body ?? '' });
      const document = bindingDocument(call, event.extensions, event.eventID);
      const params = bindingParams.map((param: Case) => ({ ...param, binding: undefined }));
      return Object.fromEntries(compileBindings(params)(document, defaultsOf(templateParams ?? [])));
    });
    return { want: value, wantError: error };
  },
};

export const tektonBindingsMerge: Adapter = {
  compare,
  async run({ bindings }, { triggerBindings, clusterTriggerBindings }) {
    const { value, error } = await attempt(() =>
      mergeBindings(bindings, 'foo', {
        namespaced: (name) => triggerBindings[name],
        ofTheCluster: (name) => clusterTriggerBindings[name],
      }),
    );
    return { want: value?.map((param) => ({ name: param.name, value: param.value })), wantError: error };
  },
};
