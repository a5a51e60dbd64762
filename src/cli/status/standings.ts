/**
 * How the rules of a cluster stand, told where their authors look: the `Ready` condition of the object, and Events of Kubernetes.
 *
 * Who loads a rule calls `saw`, `refused`, `accepted` and `gone`; who runs it calls `runs` and `heard`.
 */
import type { Finding } from '../../core/errors/finding.ts';
import type { KubeObject, ResourceType } from '../../core/kube/kube.ts';
import type { HappeningName } from '../../core/telemetry/happenings.ts';
import type { TellFields } from '../../core/telemetry/tell.ts';
import type { Standing } from '../../dialects/dialect.ts';
import type { Rule } from '../../manifests/rule.ts';
import type { StatusContext } from './context.ts';
import { keepStatuses } from './keep-statuses.ts';
import { kubeEvents } from './kube-events.ts';
import { noteOf } from './notes.ts';
import { type Ready, readyOf } from './ready.ts';
import { refusal } from './refusal.ts';

/** A rule that does not run after so many milliseconds is said to wait. */
const patience = 3_000;

const running: Ready = { status: 'True', reason: 'Running', message: 'this rule runs' };
const waiting: Ready = { status: 'Unknown', reason: 'Waiting', message: 'accepted; its bus, or what it listens to, is not there yet' };
const atRest: Ready = { status: 'True', reason: 'Accepted', message: 'accepted, for the rules that use it' };
const usable: Ready = { status: 'True', reason: 'Accepted', message: 'this bus can be used' };

export interface Standings {
  /** An object as the API server has it now, changed or not. */
  saw(type: ResourceType, object: KubeObject): void;
  refused(object: KubeObject, findings: readonly Finding[]): void;
  accepted(object: KubeObject): void;
  gone(object: KubeObject): void;
  /** The rule works, or stands by for the process that works it. */
  runs(rule: Rule): void;
  /** What a dialect says of a rule of its: what keeps it from being ready, and what its users look at. */
  stands(rule: Rule, standing: Standing): void;
  heard(rule: Rule, name: HappeningName, fields: TellFields): void;
}

interface Accepted {
  readonly object: KubeObject;
  readonly standing?: Standing;
  readonly isRunning: boolean;
  /** Ends the wait for it to run. */
  stopWaiting(): void;
}

export function keepStandings(options: StatusContext): Standings {
  const statuses = keepStatuses(options);
  const events = kubeEvents(options);
  /** By uid: the object whose rule was accepted last. */
  const accepted = new Map<string, Accepted>();
  const stopAll = (): void => {
    for (const one of accepted.values()) one.stopWaiting();
  };
  options.signal.addEventListener('abort', stopAll, { once: true });

  function forget({ metadata }: KubeObject): void {
    accepted.get(String(metadata.uid))?.stopWaiting();
    accepted.delete(String(metadata.uid));
  }

  /** Undefined when the object has changed since. */
  function current({ metadata: { uid, generation } }: Rule): Accepted | undefined {
    const found = accepted.get(String(uid));
    return found?.object.metadata.generation === generation ? found : undefined;
  }

  /** A rule of a dialect is ready when it runs, or has nothing that runs for it alone, and nothing keeps it from it. */
  function tellAll({ metadata: { uid } }: Rule, now: Accepted): void {
    accepted.set(String(uid), now);
    const { object, standing, isRunning } = now;
    const more = standing ? { more: standing.status } : {};
    if (standing?.problem) statuses.set(object, { status: 'False', ...standing.problem, ...more });
    else if (standing?.isAtRest) statuses.set(object, { ...atRest, ...more });
    else if (isRunning) statuses.set(object, { ...running, ...more });
    else return;
    now.stopWaiting();
  }

  return {
    saw: statuses.saw,
    refused(object, findings) {
      const ready = refusal(findings, object);
      statuses.set(object, ready);
      events.note(object, { type: 'Warning', reason: 'Refused', message: `${ready.reason}: ${ready.message}`, oncePerGeneration: true });
    },
    accepted(object) {
      forget(object);
      const isBus = object.kind === 'EventBus';
      const stopWaiting = isBus ? () => {} : options.clock.after(patience, () => statuses.set(object, waiting));
      accepted.set(String(object.metadata.uid), { object, stopWaiting, isRunning: false });
      if (isBus) statuses.set(object, usable);
      if (readyOf(object)?.['status'] === 'False')
        events.note(object, { type: 'Normal', reason: 'RunningAgain', message: 'the rule is right again', oncePerGeneration: true });
    },
    gone(object) {
      forget(object);
      statuses.gone(object);
    },
    runs(rule) {
      const found = current(rule);
      if (found) tellAll(rule, { ...found, isRunning: true });
    },
    stands(rule, standing) {
      const found = current(rule);
      if (found) tellAll(rule, { ...found, standing });
    },
    heard({ metadata: { uid } }, name, fields) {
      const found = accepted.get(String(uid));
      const note = found && noteOf(name, fields);
      if (note) events.note(found.object, note);
    },
  };
}
