/** Events of Kubernetes about rules, for `kubectl describe` and `kubectl events`: few, and never many for one reason. */
import { EngineError } from '../../core/errors/engine-error.ts';
import { fromUnknown } from '../../core/errors/from-unknown.ts';
import { stableId } from '../../core/event/stable-id.ts';
import type { KubeObject, ResourceType } from '../../core/kube/kube.ts';
import type { StatusContext } from './context.ts';

/** What is told of an object. */
export interface Note {
  readonly type: 'Normal' | 'Warning';
  readonly reason: string;
  readonly message: string;
  /** Said once for this generation of the object, however many processes say it, and however often they start. */
  readonly oncePerGeneration?: boolean;
}

export interface KubeEvents {
  note(about: KubeObject, note: Note): void;
}

const events: ResourceType = { group: '', version: 'v1', resource: 'events', kind: 'Event', namespaced: true };
/** One object's Event of one reason is written at most so often, in milliseconds; what comes meanwhile is counted. */
const quietFor = 10_000;
/** Between two writes of this process. */
const pause = 100;
/** Reasons that wait to be written; more are dropped, because they would come too late to help. */
const mostWaiting = 1_000;
/** What an API server takes. */
const longestMessage = 1_024;

interface Waiting {
  readonly about: KubeObject;
  note: Note;
  count: number;
}

export function kubeEvents({ kube, clock, tell, signal }: StatusContext): KubeEvents {
  const waiting = new Map<string, Waiting>();
  const writtenAt = new Map<string, number>();
  let isBusy = false;
  let told: string | undefined;

  function note(about: KubeObject, what: Note): void {
    const id = idOf(about, what);
    const one = waiting.get(id);
    if (one) {
      one.note = what;
      one.count += 1;
    } else if (waiting.size < mostWaiting) waiting.set(id, { about, note: what, count: 1 });
    if (isBusy) return;
    isBusy = true;
    void writeAll().finally(() => {
      isBusy = false;
    });
  }

  async function writeAll(): Promise<void> {
    while (waiting.size > 0 && !signal.aborted) {
      const now = clock.monotonic();
      for (const [id, at] of writtenAt) if (now - at >= quietFor) writtenAt.delete(id);
      const due = [...waiting.keys()].find((id) => !writtenAt.has(id));
      if (due === undefined) {
        const next = Math.min(...[...waiting.keys()].map((id) => writtenAt.get(id)!)) + quietFor;
        await clock.sleep(Math.max(pause, next - now), signal);
        continue;
      }
      const one = waiting.get(due)!;
      waiting.delete(due);
      writtenAt.set(due, now);
      await write(due, one).catch(complain);
      await clock.sleep(pause, signal);
    }
  }

  /** An Event that is lost does no harm: the log has it too. */
  function complain(thrown: unknown): void {
    if (signal.aborted) return;
    const error = fromUnknown(thrown);
    if (told !== error.code) tell.statusUnwritten({ kind: 'Event', error });
    told = error.code;
  }

  async function write(id: string, { about, note: { type, reason, message, oncePerGeneration }, count }: Waiting): Promise<void> {
    const { name: objectName, namespace = 'default', uid } = about.metadata;
    const name = `${objectName.slice(0, 200)}.${id}`;
    const at = `${new Date(clock.now()).toISOString().slice(0, 19)}Z`;
    const said = { message: message.length > longestMessage ? `${message.slice(0, longestMessage - 1)}…` : message, lastTimestamp: at };
    const event = {
      apiVersion: 'v1',
      kind: 'Event',
      metadata: { name, namespace },
      involvedObject: {
        apiVersion: about.apiVersion,
        kind: about.kind,
        name: objectName,
        namespace,
        ...(uid === undefined ? {} : { uid }),
      },
      type,
      reason,
      ...said,
      firstTimestamp: at,
      count,
      source: { component: 'sensorium' },
    };
    try {
      await kube.create(events, event, { signal });
    } catch (thrown) {
      if (!(thrown instanceof EngineError) || thrown.code !== 'REMOTE_KUBE_EXISTS') throw thrown;
      if (oncePerGeneration) return;
      const there = await kube.get(events, { name, namespace }, { signal });
      const patch = { ...said, count: Number(there['count'] ?? 0) + count };
      await kube.patch(events, { name, namespace }, patch, 'application/merge-patch+json', { signal });
    }
    told = undefined;
  }

  return { note };
}

const idOf = ({ metadata: { uid = '', generation = 0 } }: KubeObject, { reason, oncePerGeneration }: Note): string =>
  stableId(uid, reason, oncePerGeneration ? String(generation) : '').slice(0, 16);
