import type { EventSourceContext } from '../../../../eventsources/event-source.ts';
import type { EngineError } from '../../../core/errors/engine-error.ts';
import { fromUnknown } from '../../../core/errors/from-unknown.ts';
import type { ResourceType } from '../../../core/kube/kube.ts';
import { watchResources } from '../../../core/kube/watch.ts';
import { unlessAborted } from '../../../core/lifecycle/unless-aborted.ts';
import type { TellFields } from '../../../core/telemetry/tell.ts';
import { waitAfter } from '../../../core/time/backoff.ts';
import type { ApiServerSourceSpec } from '../kinds/api-server-source.ts';
import { labelSelectorText } from './label-selector.ts';

type Context = Pick<EventSourceContext, 'kube' | 'clock' | 'tell' | 'signal'>;

const again = { first: 500, ceiling: 30_000 };

/** The resource of a kind, once the API server has it; until then that is told once. Rejects when the signal aborts. */
export async function resourceOf(
  apiVersion: string,
  kind: string,
  labels: TellFields,
  { kube, clock, tell, signal }: Context,
): Promise<ResourceType> {
  let told: EngineError['code'] | undefined;
  for (let attempt = 1; ; attempt += 1) {
    try {
      const found = await unlessAborted(kube.kind(apiVersion, kind), signal);
      if (told !== undefined) tell.watchAccepted(labels);
      return found;
    } catch (thrown) {
      signal.throwIfAborted();
      const error = fromUnknown(thrown);
      if (told !== error.code) tell.watchRefused({ ...labels, error });
      told = error.code;
      await clock.sleep(waitAfter(attempt, again), signal);
    }
  }
}

/** The namespaces that a source watches: its own, or all (undefined), or those that are chosen by their labels, which change. */
export type Namespaces = { readonly fixed: string | undefined } | { readonly selector: string };

export function namespacesOf(selector: ApiServerSourceSpec['namespaceSelector'], own: string): Namespaces {
  if (!selector) return { fixed: own };
  const text = labelSelectorText(selector);
  return text === undefined ? { fixed: undefined } : { selector: text };
}

/** Calls back with the namespaces that have such labels, first and whenever they have changed. Ends when the signal aborts. */
export async function followNamespaces(
  selector: string,
  { kube, clock, tell, signal }: Context,
  labels: TellFields,
  changed: (names: ReadonlySet<string>) => Promise<void>,
): Promise<void> {
  const names = new Set<string>();
  const type = () => unlessAborted(kube.kind('v1', 'Namespace'), signal);
  for await (const unfolding of watchResources(kube, type, { labelSelector: selector }, { signal, clock, tell, labels })) {
    if (unfolding.kind === 'snapshot') {
      names.clear();
      for (const { metadata } of unfolding.items) names.add(metadata.name);
    } else {
      for (const { gone, object } of unfolding.changes) {
        if (gone) names.delete(object.metadata.name);
        else names.add(object.metadata.name);
      }
    }
    await changed(names);
  }
}
