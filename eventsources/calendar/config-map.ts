/**
 * The last event in a ConfigMap, as Argo Events keeps it: under `<EventSource>.<event>` its payload. Read at a start and written after
 * each event, so that a namespace can be moved from one system to the other.
 */
import { EngineError } from '../../src/core/errors/engine-error.ts';
import { fromUnknown } from '../../src/core/errors/from-unknown.ts';
import { isObject, type Json } from '../../src/core/json/json.ts';
import { parseJson } from '../../src/core/json/parse.ts';
import { unlessAborted } from '../../src/core/lifecycle/unless-aborted.ts';
import type { EventSourceContext } from '../event-source.ts';
import { instantIn } from './event-time.ts';

interface Where {
  readonly name: string;
  readonly createIfNotExist: boolean;
}

export interface KeptInConfigMap {
  /** When the last event was due; undefined when there was none. Rejects with CONFIG_SECRET when there is no such ConfigMap and it shall not be made. */
  last(): Promise<number | undefined>;
  /** Resolves also when it could not be written, which is told once: our own memory has it. */
  save(payload: string): Promise<void>;
}

export function keptInConfigMap({ name, createIfNotExist }: Where, context: EventSourceContext): KeptInConfigMap {
  const { kube, namespace, eventSourceName, eventName, signal, tell } = context;
  const key = `${eventSourceName}.${eventName}`;
  let told: string | undefined;
  const type = () => kube.resource('', 'v1', 'configmaps');

  const lastIn = async (): Promise<number | undefined> => {
    try {
      const { data } = await kube.get(await type(), { name, namespace }, { signal });
      return isObject(data) && typeof data[key] === 'string' ? instantOf(data[key]) : undefined;
    } catch (thrown) {
      if (!isMissing(thrown)) throw thrown;
      const what = { what: 'ConfigMap', namespace, name, key };
      if (!createIfNotExist) {
        const hint = 'make it, or set persistence.configMap.createIfNotExist';
        throw new EngineError('CONFIG_SECRET', { ...what, reason: 'it does not exist' }, { cause: thrown, hint });
      }
      await kube.create(await type(), { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace } }, { signal });
      return undefined;
    }
  };

  const write = async (payload: string): Promise<void> => {
    const data = { [key]: payload };
    await kube.patch(await type(), { name, namespace }, { data }, 'application/merge-patch+json', { signal });
  };

  return {
    last: () => unlessAborted(lastIn(), signal),
    async save(payload) {
      try {
        await unlessAborted(write(payload), signal);
        told = undefined;
      } catch (thrown) {
        signal.throwIfAborted();
        const error = fromUnknown(thrown);
        if (told !== error.code)
          tell.placeUnsaved({ eventsource: eventSourceName, event: eventName, configMap: `${namespace}/${name}`, error });
        told = error.code;
      }
    },
  };
}

const isMissing = (thrown: unknown): boolean => thrown instanceof EngineError && thrown.code === 'REMOTE_KUBE_NOT_FOUND';

function instantOf(payload: string): number | undefined {
  let value: Json;
  try {
    value = parseJson(payload);
  } catch {
    return undefined;
  }
  return isObject(value) && typeof value['eventTime'] === 'string' ? instantIn(value['eventTime']) : undefined;
}
