import { compileDependency } from '../../../sensors/dependencies/admit.ts';
import type { Adapter } from '../adapter.ts';
import { argoEvent } from './argo-event.ts';

export const transform: Adapter = {
  compare: { data: (expected, got) => rounded(expected) === rounded(got), error: 'failed' },
  async run({ kind, script, data }) {
    const dependency = { name: 'dep', eventSourceName: 'source', eventName: 'event' };
    const compiled = compileDependency({ ...dependency, transform: { [kind === 'jq' ? 'jq' : 'script']: script } }, []);
    const verdict = await compiled.value?.admit(argoEvent({ data })!);
    if (!verdict?.admitted) return { data: null, error: verdict?.because ?? compiled.findings[0] };
    return { data: verdict.event.data?.text ?? null, error: null };
  },
};

/** JSON text with its numbers as float64 and one way of escaping; its keys keep their order. */
const rounded = (text: unknown): unknown => (typeof text === 'string' ? JSON.stringify(JSON.parse(text)) : text);
