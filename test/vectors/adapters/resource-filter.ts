import { compileFilter, isBeforeStart } from '../../../eventsources/resource/filter.ts';
import { resourceSpec } from '../../../eventsources/resource/spec.ts';
import { goJson } from '../../../src/core/json/stringify.ts';
import { type Adapter, attempt } from '../adapter.ts';

const gvr = { version: 'v1', resource: 'pods', eventTypes: [] };

export const resourceFilter: Adapter = {
  compare: { reason: () => true },
  async run(one) {
    const { filter } = resourceSpec.parse({ ...gvr, filter: one.filter ?? undefined });
    const compiled = await attempt(() => compileFilter(filter));
    if (!compiled.value) return { pass: false, reason: compiled.error };
    if (filter?.afterStart && isBeforeStart(one.eventType, one.object, Date.parse(one.startTime), Date.now())) {
      return { pass: false, reason: 'afterStart' };
    }
    const reason = compiled.value(one.object, goJson(one.object));
    return { pass: reason === undefined, reason };
  },
};
