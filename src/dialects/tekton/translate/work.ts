import type { Action, CompiledTrigger } from '../../../../sensors/compiled.ts';
import type { Firing, Outcome, TriggerContext } from '../../../../sensors/triggers/trigger.ts';
import { EngineError } from '../../../core/errors/engine-error.ts';
import { fromUnknown } from '../../../core/errors/from-unknown.ts';
import { EventData } from '../../../core/event/data.ts';
import type { Event } from '../../../core/event/event.ts';
import type { Json } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import type { DialectWorld } from '../../dialect.ts';
import { type Bindings, bindingDocument, compileBindings, defaultsOf } from '../bindings/index.ts';
import { mergeBindings } from '../bindings/merge.ts';
import { createAll, describe, objectsOf, userOf } from '../create/index.ts';
import type { Passed, Stopped } from '../interceptors/chain.ts';
import { interceptorContext } from '../interceptors/context.ts';
import type { EventListener } from '../kinds/event-listener.ts';
import type { Chosen } from '../select/index.ts';
import { statusEvent, type Teller, tellQuietly } from '../status-events/index.ts';
import { compileTemplate, type Template, uidOf } from '../templates/index.ts';
import { type Admission, becauseOf, type ContextOf, type Steps } from './admission.ts';
import type { Rules } from './rules.ts';

export type Work = Pick<CompiledTrigger, 'prepare'>;

interface WorkOptions {
  readonly listener: EventListener;
  readonly one: Chosen;
  readonly rules: Rules;
  readonly world: DialectWorld;
  readonly steps: Steps;
  readonly admission: Admission;
  /** Who is told that something was created. */
  readonly teller: Teller | undefined;
}

/** What a trigger takes from an event, and what it makes of it. */
interface Ready {
  readonly bindings: Bindings;
  readonly defaults: ReadonlyMap<string, string>;
  readonly template: Template;
}

/**
 * What a trigger does with an event that nobody has stopped yet: the interceptors that have to be asked, then bindings, template, creation.
 * Something that it names and that is not there is an error that is tried again: it may come.
 */
export function compileWork({ listener, one, rules, world, steps, admission, teller }: WorkOptions): Work {
  let ready: Ready | undefined;
  const { name: eventListener, namespace: ownNamespace } = listener.metadata;

  /** An event that an interceptor has stopped is done. */
  const stopped = (by: Stopped, { firing: { sensor, trigger }, tell }: TriggerContext, event: Event): Action => {
    const because = becauseOf(by);
    return {
      type: 'tekton',
      summary: `create nothing: ${because}`,
      rendered: null,
      async fire() {
        tell.eventStopped({ sensor, trigger, event: event.id, because });
        return { summary: because };
      },
    };
  };

  /** Sensors of Argo may wait for what has passed. */
  const hear = async ({ call, extensions }: Passed, event: Event): Promise<void> => {
    const address = { source: `el-${eventListener}`, subject: one.id };
    if (!world.isHeard(ownNamespace, address)) return;
    const data = EventData.fromJson({ body: call.json, header: call.header as unknown as Json, extensions });
    const attributes = { specversion: '1.0', type: 'eventlistener', time: event.time, datacontenttype: 'application/json' } as const;
    await world.publish(ownNamespace, address, { id: event.id, ...address, ...attributes, extensions: {}, data });
  };

  const objects = (passed: Passed, event: Event, firing: Firing): readonly KubeObject[] => {
    ready ??= readied(one, rules);
    const { bindings, defaults, template } = ready;
    const values = bindings(bindingDocument(passed.call, passed.extensions, event.id), defaults);
    const cause = { eventListener, trigger: one.name, namespace: one.namespace, eventId: event.id };
    return objectsOf(template(values, uidOf(firing.id)), cause, firing);
  };

  const acting = (passed: Passed, made: readonly KubeObject[], event: Event, context: TriggerContext): Action => ({
    type: 'tekton',
    summary: describe(made),
    rendered: made as unknown as Json,
    async fire() {
      await hear(passed, event);
      const account = one.spec?.serviceAccountName;
      const outcome = await createAll(made, context, account ? userOf(one.namespace, account) : undefined);
      const { clients, clock, signal } = context;
      const status = teller && statusEvent(teller, 'successful', event.id, passed.call.header, clock.now());
      if (status) await tellQuietly(teller, status, { clients, clock, signal, world });
      return outcome;
    },
  });

  return {
    async prepare(firing, rest) {
      const event = firing.events.get(one.id)!;
      const told = telling(event.id, one.id, world);
      try {
        const passed = await admission.run(event, steps, contextsOf(rest));
        const context = { ...rest, firing };
        if (passed.kind === 'stopped') return told.action('stopped', stopped(passed, context, event));
        return told.action('done', acting(passed, objects(passed, event, firing), event, context));
      } catch (thrown) {
        throw told.failed(thrown);
      }
    },
  };
}

const contextsOf =
  ({ kube, clock, signal, clients }: Omit<TriggerContext, 'firing'>): ContextOf =>
  (namespace) =>
    interceptorContext(namespace, { kube, clock, signal, clients });

/** Throws EngineError CONFIG_ABSENT for what is not there, to be tried again. */
function readied({ name, namespace, spec }: Chosen, rules: Rules): Ready {
  if (!spec) throw absent(`Trigger ${namespace}/${name}`);
  const params = mergeBindings(spec.bindings ?? [], namespace, {
    namespaced: (binding) => paramsOf(rules.binding(namespace, binding)),
    ofTheCluster: (binding) => paramsOf(rules.binding('', binding)),
  });
  const { ref, spec: embedded } = spec.template ?? {};
  const found = ref === undefined ? undefined : rules.template(namespace, ref);
  const template = embedded ?? found?.spec;
  if (!template) throw absent(`TriggerTemplate ${namespace}/${ref}`);
  return {
    bindings: compileBindings(params),
    defaults: defaultsOf(template.params),
    template: compileTemplate(template, found?.metadata.annotations),
  };
}

const paramsOf = (binding: ReturnType<Rules['binding']>) => binding && (binding.spec.params ?? []);

const absent = (what: string): EngineError => new EngineError('CONFIG_ABSENT', { what });

/** Tells who waits for it what became of an event in a trigger. */
function telling(event: string, trigger: string, { outcomes }: DialectWorld) {
  const failed = (thrown: unknown): EngineError => {
    const error = fromUnknown(thrown);
    outcomes.tell(event, { trigger, outcome: 'failed', message: error.message });
    return error;
  };
  const action = (outcome: 'done' | 'stopped', { fire, ...rest }: Action): Action => ({
    ...rest,
    async fire(): Promise<Outcome> {
      try {
        const done = await fire();
        const { summary: message, detail } = done;
        outcomes.tell(event, { trigger, outcome, message, ...(detail === undefined ? {} : { detail }) });
        return done;
      } catch (thrown) {
        throw failed(thrown);
      }
    },
  });
  return { failed, action };
}
