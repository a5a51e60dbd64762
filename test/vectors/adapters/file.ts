import { compileMatch } from '../../../eventsources/file/match.ts';
import { payloadOf } from '../../../eventsources/file/operations.ts';
import type { Adapter } from '../adapter.ts';

/** With a `spec` a case asks whether the event matches, without one for the payload. */
export const file: Adapter = {
  run({ spec, event: { name, op } }) {
    if (!spec) return { payload: JSON.parse(payloadOf(name, op, undefined)) };
    const { eventType, ...watchPathConfig } = spec;
    return { match: compileMatch({ eventType, watchPathConfig })(name, op) };
  },
};
