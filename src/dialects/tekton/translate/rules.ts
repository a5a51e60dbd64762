import { nameOf } from '../../../core/kube/kube.ts';
import type { DialectRule } from '../../dialect.ts';
import type { EventListener } from '../kinds/event-listener.ts';
import type { InterceptorObject } from '../kinds/interceptor.ts';
import type { Trigger } from '../kinds/trigger.ts';
import type { TriggerBinding } from '../kinds/trigger-binding.ts';
import type { TriggerTemplate } from '../kinds/trigger-template.ts';

/** The loaded objects of Tekton Triggers, where they can be found by kind and name. */
export class Rules {
  readonly #byRef: ReadonlyMap<string, DialectRule>;
  readonly listeners: readonly EventListener[];
  readonly triggers: readonly Trigger[];

  constructor(rules: readonly DialectRule[]) {
    this.#byRef = new Map(rules.map((rule) => [nameOf(rule, rule.metadata), rule]));
    this.listeners = rules.filter(({ kind }) => kind === 'EventListener') as unknown as EventListener[];
    this.triggers = rules.filter(({ kind }) => kind === 'Trigger') as unknown as Trigger[];
  }

  /** `namespace` is empty for an object of the cluster. */
  binding(namespace: string, name: string): TriggerBinding | undefined {
    return this.#find(namespace === '' ? 'ClusterTriggerBinding' : 'TriggerBinding', namespace, name);
  }

  template(namespace: string, name: string): TriggerTemplate | undefined {
    return this.#find('TriggerTemplate', namespace, name);
  }

  /** `namespace` is empty for an object of the cluster. */
  interceptor(namespace: string, name: string): InterceptorObject | undefined {
    return this.#find(namespace === '' ? 'ClusterInterceptor' : 'Interceptor', namespace, name);
  }

  #find<Rule>(kind: string, namespace: string, name: string): Rule | undefined {
    return this.#byRef.get(nameOf({ kind }, { namespace, name })) as Rule | undefined;
  }
}
