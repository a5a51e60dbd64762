import { hintFor } from '../../../sensors/filters/hint.ts';
import { compileSource } from '../../../sensors/triggers/parameters/source.ts';
import type { ParameterSourceSpec } from '../../../sensors/triggers/parameters/spec.ts';
import type { TriggerSpec } from '../../../sensors/triggers/spec.ts';
import { EngineError } from '../../core/errors/engine-error.ts';
import type { Path } from '../../core/errors/finding.ts';
import type { Event } from '../../core/event/event.ts';
import { isObject } from '../../core/json/json.ts';

/** A parameter of a trigger, with its place. */
export interface Parameter {
  /** From the sensor's root. */
  readonly path: Path;
  /** Where its value goes: `k8s.operation`; empty for a whole payload. */
  readonly dest: string;
  /** What it reads: `body.metadata.name`; undefined for a literal or a whole event. */
  readonly reads: string | undefined;
  /** The field that says so, from the sensor's root. */
  readonly readsAt: Path;
  readonly fallback: string | undefined;
  /** The nearest keys, where what it reads is a path in the payload that is not there. */
  hint(events: ReadonlyMap<string, Event>): string | undefined;
  /** What became of it in a firing. */
  outcome(events: ReadonlyMap<string, Event>): ParameterOutcome;
}

export type ParameterOutcome =
  | { readonly kind: 'value' | 'default'; readonly text: string }
  /** Its dependency has no event here, and it has no default. */
  | { readonly kind: 'skipped' }
  | { readonly kind: 'failed'; readonly error: EngineError };

/** Every parameter of a trigger: of its template, of its block, and of the payload that it sends. */
export function parametersOf(trigger: TriggerSpec, path: Path): Parameter[] {
  const ofTemplate = listed(trigger.parameters, [...path, 'parameters']);
  const ofBlocks = Object.entries(trigger.template).flatMap(([type, block]) =>
    isObject(block) ? ['parameters', 'payload'].flatMap((field) => listed(block[field], [...path, 'template', type, field])) : [],
  );
  return [...ofTemplate, ...ofBlocks];
}

/** The fields of a source, the first in this order counts. */
const sources = ['dataTemplate', 'contextTemplate', 'dataKey', 'contextKey'] as const;

function listed(list: unknown, path: Path): Parameter[] {
  if (!Array.isArray(list)) return [];
  return (list as { src: ParameterSourceSpec; dest?: string }[]).map(({ src, dest = '' }, index) => {
    const { value: fallback, ...bare } = src;
    const whole = compileSource(src);
    const withoutDefault = compileSource(bare);
    const key = sources.find((one) => src[one]);
    const reads = key && src[key];
    const at = [...path, index];
    return {
      path: at,
      dest,
      reads,
      readsAt: [...at, 'src', ...(key ? [key] : [])],
      fallback,
      hint(events) {
        const event = events.get(src.dependencyName);
        return key === 'dataKey' && event ? hintFor([src.dataKey!], event) : undefined;
      },
      outcome(events) {
        try {
          const resolved = whole(events);
          if (!resolved) return { kind: 'skipped' };
          const defaulted = fallback !== undefined && reads !== undefined && !finds(withoutDefault, events);
          return { kind: defaulted ? 'default' : 'value', text: resolved.text };
        } catch (thrown) {
          if (!(thrown instanceof EngineError)) throw thrown;
          return { kind: 'failed', error: thrown };
        }
      },
    };
  });
}

function finds(source: ReturnType<typeof compileSource>, events: ReadonlyMap<string, Event>): boolean {
  try {
    return source(events) !== undefined;
  } catch (thrown) {
    if (thrown instanceof EngineError) return false;
    throw thrown;
  }
}
