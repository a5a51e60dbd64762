import { EngineError } from '../../../src/core/errors/engine-error.ts';
import type { JsonObject } from '../../../src/core/json/json.ts';
import { type Kube, type KubeObject, nameOf, type ResourceType } from '../../../src/core/kube/kube.ts';
import { showDuration } from '../../../src/core/time/duration.ts';
import { createOnce } from '../k8s/create-once.ts';
import { labelled } from '../k8s/marks.ts';
import type { Outcome, TriggerContext } from '../trigger.ts';
import type { Rendered } from './render.ts';
import { older, olderVersion, runVersion } from './run-object.ts';
import { outcomeOf, type RunOutcome, resultsOf } from './run-outcome.ts';

/** Makes the run, or finds its own from before, and waits for it where that is asked for. Rejects with REMOTE_RUN when it did not succeed. */
export async function start({ run, waitFor }: Rendered, context: TriggerContext): Promise<Outcome> {
  const { type, object } = await served(run, context.kube);
  const made = await createOnce(type, labelled(context.firing, object, context.clock.now()), context);
  const shown = nameOf(type, made.object.metadata);
  const started = `started ${shown}${made.before ? ' before' : ''}`;
  const { name, namespace = '' } = made.object.metadata;
  if (waitFor === undefined) return { summary: started, detail: { run: name, namespace } };
  const ended = await untilOver(type, made.object, shown, waitFor, context);
  return { summary: `${started}; it has succeeded`, detail: { run: name, namespace, ...tellingOf(ended) } };
}

/** The run in the version that the API server has: v1, and v1beta1 where it has only that. */
async function served(run: KubeObject, kube: Kube): Promise<{ type: ResourceType; object: KubeObject }> {
  try {
    return { type: await kube.kind(run.apiVersion, run.kind), object: run };
  } catch (thrown) {
    if (run.apiVersion !== runVersion || !isCode(thrown, 'REMOTE_KUBE_UNKNOWN_KIND')) throw thrown;
    const type = await kube.kind(olderVersion, run.kind).catch(() => undefined);
    if (!type) throw thrown;
    return { type, object: older(run) };
  }
}

const firstLook = 1_000;
const longestPause = 15_000;

/** Looks at the run, at first after a second and then less and less often. A server that is away is waited for as well. */
async function untilOver(
  type: ResourceType,
  run: KubeObject,
  shown: string,
  limit: number,
  { kube, clock, signal }: TriggerContext,
): Promise<KubeObject> {
  const until = clock.monotonic() + limit;
  let seen = run;
  for (let pause = firstLook; ; pause = Math.min(pause * 1.5, longestPause)) {
    const outcome = outcomeOf(seen);
    if (outcome.state === 'succeeded') return seen;
    if (outcome.state !== 'running') throw failed(shown, outcome);
    if (clock.monotonic() >= until) throw tooLate(shown, limit, outcome);
    await clock.sleep(pause, signal);
    if (signal.aborted) throw signal.reason;
    seen = await look(kube, type, seen, shown, signal);
  }
}

async function look(kube: Kube, type: ResourceType, run: KubeObject, shown: string, signal: AbortSignal): Promise<KubeObject> {
  try {
    const found = await kube.get(type, run.metadata, { signal });
    if (found.metadata.uid === run.metadata.uid) return found;
  } catch (thrown) {
    if (isCode(thrown, 'UNREACHABLE_KUBE', 'REMOTE_KUBE_BUSY')) return run;
    if (!isCode(thrown, 'REMOTE_KUBE_NOT_FOUND')) throw thrown;
  }
  throw new EngineError('REMOTE_RUN', { problem: `${shown} was deleted before it had ended` });
}

const endings = { failed: 'has failed', cancelled: 'was cancelled', timedOut: 'took longer than its timeout' } as const;

function failed(shown: string, { state, reason, message }: RunOutcome): EngineError {
  const why = [reason, message].filter(Boolean).join(': ');
  return new EngineError('REMOTE_RUN', { problem: `${shown} ${endings[state as keyof typeof endings]}${why ? ` (${why})` : ''}` });
}

function tooLate(shown: string, limit: number, { reason }: RunOutcome): EngineError {
  const problem = `${shown} has not ended within ${showDuration(limit)}${reason ? ` (${reason})` : ''}`;
  const hint = reason ? 'give it more time by `timeout`' : 'nobody works on it: is Tekton Pipelines running there?';
  return new EngineError('REMOTE_RUN', { problem }, { hint });
}

/** What others may want to know of a run that has succeeded. */
function tellingOf(run: KubeObject): JsonObject {
  const { startTime, completionTime } = run['status'] as JsonObject;
  return { reason: outcomeOf(run).reason, startTime: startTime ?? null, completionTime: completionTime ?? null, results: resultsOf(run) };
}

const isCode = (thrown: unknown, ...codes: EngineError['code'][]): boolean => thrown instanceof EngineError && codes.includes(thrown.code);
