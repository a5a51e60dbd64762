import type { Answer, Case } from './adapter.ts';
import { busDifferences } from './differences/bus.ts';
import { cloudeventDifferences } from './differences/cloudevents.ts';
import { conditionDifferences } from './differences/conditions.ts';
import { filterDifferences } from './differences/filters.ts';
import { knativeDifferences } from './differences/knative.ts';
import { policyDifferences } from './differences/policies.ts';
import { resourceDifferences } from './differences/resource.ts';
import { sourceDifferences } from './differences/sources.ts';
import { tektonBindingDifferences } from './differences/tekton-bindings.ts';
import { tektonInterceptorDifferences } from './differences/tekton-interceptors.ts';
import { tektonListenerDifferences } from './differences/tekton-listener.ts';
import { tektonTemplateDifferences } from './differences/tekton-templates.ts';
import { timeDifferences } from './differences/times.ts';
import { triggerDifferences } from './differences/triggers.ts';
import { unreadableDifferences } from './differences/unreadable.ts';
import { validationDifferences } from './differences/validation.ts';
import { webhookDifferences } from './differences/webhook.ts';
import { wholeDifferences } from './differences/whole.ts';

/** Where we differ from the system whose vectors these are, on purpose. */
export interface Difference {
  /** The parts that it concerns. */
  readonly parts: readonly string[];
  /** Decided by the case's input alone: never by its name, never by its expectation. */
  readonly when: (one: Case) => boolean;
  /** What we give instead. Its fields replace those of the case's expectation. */
  readonly expected: (one: Case) => Answer;
  /** Why in a few words, after the number that the mistake of the other system has among the cases (`B33`), or that of their section. */
  readonly because: string;
}

/** The first row that fits a case counts. Cases under a row are checked against our own expectation and count as passed. */
export const differences: readonly Difference[] = [
  ...busDifferences,
  ...resourceDifferences,
  ...filterDifferences,
  ...triggerDifferences,
  ...webhookDifferences,
  ...timeDifferences,
  ...sourceDifferences,
  ...conditionDifferences,
  ...policyDifferences,
  ...wholeDifferences,
  ...unreadableDifferences,
  ...validationDifferences,
  ...cloudeventDifferences,
  ...knativeDifferences,
  ...tektonBindingDifferences,
  ...tektonInterceptorDifferences,
  ...tektonListenerDifferences,
  ...tektonTemplateDifferences,
];
