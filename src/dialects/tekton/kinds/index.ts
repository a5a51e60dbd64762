/** The kinds of Tekton Triggers. */
import { eventListenerKind } from './event-listener.ts';
import { clusterInterceptorKind, interceptorKind } from './interceptor.ts';
import { triggerKind } from './trigger.ts';
import { clusterTriggerBindingKind, triggerBindingKind } from './trigger-binding.ts';
import { triggerTemplateKind } from './trigger-template.ts';

export const tektonKinds = [
  eventListenerKind,
  triggerKind,
  triggerBindingKind,
  clusterTriggerBindingKind,
  triggerTemplateKind,
  interceptorKind,
  clusterInterceptorKind,
] as const;
