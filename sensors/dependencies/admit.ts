/**
 * What an event must pass before a trigger hears of it: the dependency's transform, then its filters on what that made.
 *
 * All of it is pure. A failed transform and a filter that could not be evaluated are verdicts too, so that every "no" has a reason.
 */
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { type Finding, type Path, warning } from '../../src/core/errors/finding.ts';
import type { Event } from '../../src/core/event/event.ts';
import { stableId } from '../../src/core/event/stable-id.ts';
import type { Json } from '../../src/core/json/json.ts';
import { stringifyJson } from '../../src/core/json/stringify.ts';
import type { Party } from '../../src/core/time/turns.ts';
import { type Checked, problemOf } from '../checked.ts';
import type { CompiledDependency, Verdict } from '../compiled.ts';
import { hintAt } from '../filters/hint.ts';
import { compileFilters } from '../filters/registry.ts';
import type { Refusal } from '../filters/verdict.ts';
import { compileJqTransform, type JqTransformOptions, type Transform } from '../transforms/jq.ts';
import { compileLuaTransform } from '../transforms/lua.ts';
import type { DependencySpec } from './spec.ts';

/** Undefined when the transform cannot be compiled; the findings say why. */
export function compileDependency(
  spec: DependencySpec,
  path: Path,
  jqOptions: JqTransformOptions = {},
): Checked<CompiledDependency | undefined> {
  const findings: Finding[] = [];
  const { jq, script } = spec.transform ?? {};
  const luaOptions = jqOptions.clock ? { clock: jqOptions.clock } : {};
  const language = jq ? 'jq' : script ? 'script' : undefined;
  let transform: Transform | undefined;
  if (language) {
    const problem = problemOf([...path, 'transform', language], () => {
      transform = jq ? compileJqTransform(jq, jqOptions) : compileLuaTransform(script!, luaOptions);
    });
    if (problem) findings.push(problem);
  }
  if (jq && script) {
    const problem = 'the script is not run, because jq is set too and comes first';
    findings.push(warning('CONFIG_INVALID', [...path, 'transform', 'script'], { problem }, { hint: 'keep one of the two' }));
  }
  const filters = spec.filters && compileFilters(spec.filters, spec.filtersLogicalOperator, [...path, 'filters'], luaOptions);
  if (filters) findings.push(...filters.findings);
  if (language && !transform) return { value: undefined, findings };
  return {
    findings,
    value: {
      name: spec.name,
      source: spec.eventSourceName,
      subject: spec.eventName,
      fingerprint: stableId(stringifyJson(spec as unknown as Json)),
      hint: (at, seen) => hintAt(spec.filters, at, seen),
      admit(event, party) {
        let transformed: Event | Promise<Event> = event;
        try {
          if (transform) transformed = transform(event);
        } catch (thrown) {
          return notTransformed(thrown);
        }
        return transformed instanceof Promise
          ? transformed.then((made) => filtered(made, party), notTransformed)
          : filtered(transformed, party);
      },
    },
  };

  function notTransformed(error: unknown): Verdict {
    if (!(error instanceof EngineError)) throw error;
    return { admitted: false, at: `transform.${language}`, because: error.message, error };
  }

  function filtered(event: Event, party: Party | undefined): Verdict | Promise<Verdict> {
    if (!filters) return { admitted: true, event };
    const refusal = party ? party.doAll(filters.value.pieces(event)) : filters.value(event);
    return refusal instanceof Promise ? refusal.then((late) => verdict(event, late)) : verdict(event, refusal);
  }

  function verdict(event: Event, refusal: Refusal | undefined): Verdict {
    if (!refusal) return { admitted: true, event };
    const { at, because, error } = refusal;
    return { admitted: false, at, because, seen: event, ...(error ? { error } : {}) };
  }
}
