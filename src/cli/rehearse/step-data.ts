import type { JsonObject } from '../../core/json/json.ts';
import { forEyes } from '../screen/redact.ts';
import { diffOf } from './diff.ts';
import type { Outcome, Step } from './rehearse.ts';
import { payloadForEyes, sentForEyes } from './show.ts';

/** What became of an event, for programs. Fields that say nothing are left out. */
export function stepData({ given, asked, outcomes, leftOut }: Step): JsonObject {
  const { data: _, address: __, types: ___, extensions, ...attributes } = given.event;
  return {
    event: { ...attributes, ...extensions },
    from: given.from,
    dependencies: asked.map(({ dependency, event, refusal, clauses }) => ({
      dependency,
      passed: refusal === undefined,
      ...(refusal
        ? { at: refusal.at, place: refusal.place, because: refusal.because, ...(refusal.hint === undefined ? {} : { hint: refusal.hint }) }
        : {}),
      clauses: clauses.map(({ at, place, passed, because }) => ({ at, place, passed, ...(because === undefined ? {} : { because }) })),
      ...(event ? { payload: payloadForEyes(event) } : {}),
    })),
    triggers: outcomes.map(outcomeData),
    ...(leftOut.length > 0 ? { leftOut: [...leftOut] } : {}),
  };
}

function outcomeData(outcome: Outcome): JsonObject {
  const { trigger, kind } = outcome;
  if (kind === 'waits') return { trigger, outcome: kind, missing: [...outcome.missing] };
  if (kind === 'idle') return { trigger, outcome: kind, summary: outcome.summary };
  if (kind === 'alone') return { trigger, outcome: kind, because: outcome.because };
  if (kind === 'fails') {
    const { error, place, hint } = outcome;
    return { trigger, outcome: kind, place, code: error.code, message: error.message, ...(hint === undefined ? {} : { hint }) };
  }
  const { type, summary, rendered, parameters, effect } = outcome;
  const defaulted = parameters.flatMap(({ parameter, outcome: one }) =>
    one.kind === 'default' ? [{ dest: parameter.dest, reads: parameter.reads ?? null, value: one.text }] : [],
  );
  return {
    trigger,
    outcome: kind,
    type,
    summary,
    sends: sentForEyes(rendered),
    defaulted,
    ...(effect ? { effect: effectData(effect) } : {}),
  };
}

function effectData(effect: NonNullable<Extract<Outcome, { kind: 'fires' }>['effect']>): JsonObject {
  if ('error' in effect) return { code: effect.error.code, message: effect.error.message };
  return {
    says: effect.says,
    changes: effect.changes.map((change) => ({
      target: change.target,
      diff: diffOf(change).map(({ sign, text }) => `${sign} ${text}`),
      ...(change.after ? { after: forEyes(change.after) } : {}),
    })),
  };
}
