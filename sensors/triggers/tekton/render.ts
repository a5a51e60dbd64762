import { EngineError } from '../../../src/core/errors/engine-error.ts';
import { isObject, type Json } from '../../../src/core/json/json.ts';
import { parseJson } from '../../../src/core/json/parse.ts';
import { stringifyJson } from '../../../src/core/json/stringify.ts';
import { type KubeObject, nameOf } from '../../../src/core/kube/kube.ts';
import type { Clock } from '../../../src/core/time/clock.ts';
import { parseDuration } from '../../../src/core/time/duration.ts';
import { type Pieces, piecemeal } from '../../../src/core/time/pieces.ts';
import { writtenArtifact } from '../artifacts/index.ts';
import { generatedName, labelValue } from '../k8s/marks.ts';
import { compileParameters, type Parameters } from '../parameters/index.ts';
import { compileSource, type Source } from '../parameters/source.ts';
import type { Firing } from '../trigger.ts';
import { isRunKind } from './check.ts';
import { literally, paramValue, writtenValue } from './param-value.ts';
import { completed, type Param, type Run, runOf, timeoutOf } from './run-object.ts';
import type { ParamSpec, TektonSpec } from './spec.ts';

/** A `tekton` block made ready for many firings. */
export interface Ready {
  readonly spec: TektonSpec;
  /** The run before its params; undefined when it has to be read. */
  readonly run: Run | undefined;
  readonly params: readonly { readonly name: string; readonly value: (events: Firing['events']) => Json | undefined }[];
  readonly parameters: Parameters | undefined;
}

/** What a firing would start. */
export interface Rendered {
  readonly run: KubeObject;
  /** In milliseconds, how long it is waited for; undefined where it is not. */
  readonly waitFor: number | undefined;
}

/** Throws EngineError CONFIG_YAML when an inline run cannot be read. */
export function compile(spec: TektonSpec, clock: Clock): Ready {
  const { source, params = [], parameters } = spec;
  const written = source ? writtenArtifact(source) : runOf(spec);
  return {
    spec,
    run: written === undefined ? undefined : runIn(written),
    params: params.map((param) => ({ name: param.name, value: compileParam(param, clock) })),
    parameters: parameters?.length ? compileParameters(parameters, { clock }) : undefined,
  };
}

function compileParam({ src, value }: ParamSpec, clock: Clock): (events: Firing['events']) => Json | undefined {
  if (!src) {
    const fixed = writtenValue(value as Json);
    return () => fixed;
  }
  const source: Source = compileSource(src, { clock });
  return (events) => {
    const found = source(events);
    return found && literally(src.useRawData && found.type !== 'String' ? paramValue(found.text) : found.text);
  };
}

function runIn(value: Json): Run {
  if (!isObject(value) || !isRunKind(value['kind'])) throw invalid('the source must be a PipelineRun or a TaskRun');
  const { metadata, spec } = value;
  return { ...value, metadata: isObject(metadata) ? metadata : {}, spec: isObject(spec) ? spec : {} };
}

/** A param whose events are not there and that has no default is left out: the Pipeline's own default counts. Throws EngineError EVENT_*. */
export const render = piecemeal(function* (ready: Ready, loaded: Json | undefined, firing: Firing): Pieces<Rendered> {
  const params: Param[] = [];
  for (const { name, value } of ready.params) {
    const found = value(firing.events);
    if (found !== undefined) params.push({ name, value: found });
    yield;
  }
  const base = loaded === undefined ? ready.run! : runIn(loaded);
  const whole = completed(base, ready.spec, params);
  const run = ready.parameters ? runIn(parseJson(yield* ready.parameters.pieces(stringifyJson(whole), firing.events))) : whole;
  return { run: named(run, firing, stringifyJson(base)), waitFor: ready.spec.wait ? waitFor(timeoutOf(run)) : undefined };
});

/** With a name made of the firing's id, and that id as a label, by which its Pods can be found. */
function named(run: Run, firing: Firing, template: string): KubeObject {
  const { name, generateName, namespace, labels } = run.metadata;
  if (!name && typeof generateName !== 'string') throw invalid('the run has neither name nor generateName in its metadata');
  const metadata = {
    ...run.metadata,
    name: typeof name === 'string' && name !== '' ? name : generatedName(firing, generateName as string, template),
    namespace: typeof namespace === 'string' && namespace !== '' ? namespace : firing.namespace,
    labels: { ...(isObject(labels) ? labels : {}), 'sensorium.io/firing': labelValue(firing.id) },
  };
  return { ...run, metadata } as unknown as KubeObject;
}

const minute = 60_000;

/** The time that Tekton gives the run, and some for what it does before and after. Without any limit, a day: timers know no more. */
export function waitFor(timeout = '1h'): number {
  const limit = parseDuration(timeout) ?? 60 * minute;
  return Math.min(limit === 0 ? Number.POSITIVE_INFINITY : limit + 5 * minute, 24 * 60 * minute);
}

export const describe = ({ run, waitFor: wait }: Rendered): string =>
  `start ${nameOf(run, run.metadata)}${wait === undefined ? '' : ' and wait for it'}`;

const invalid = (problem: string): EngineError => new EngineError('EVENT_RENDERED_INVALID', { problem });
