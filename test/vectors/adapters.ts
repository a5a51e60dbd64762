import type { Adapter } from './adapter.ts';
import { argoWorkflow } from './adapters/argo-workflow.ts';
import { calendar, cronPrevious, exclusionDates } from './adapters/calendar.ts';
import { httpBinding } from './adapters/cloudevents.ts';
import { conditionsExpression, conditionsState } from './adapters/conditions.ts';
import { envelope } from './adapters/envelope.ts';
import { eventsourceFilter, govaluate } from './adapters/expressions.ts';
import { file } from './adapters/file.ts';
import { filterCombined, filterContext, filterData, filterExpr, filterScript, filterTime } from './adapters/filters.ts';
import { gjson } from './adapters/gjson.ts';
import { jetstreamNames } from './adapters/jetstream-names.ts';
import { brokerIngress, brokerTtl, deadLetter, delivery, passThroughHeaders, triggerDelivery } from './adapters/knative-delivery.ts';
import { triggerFilterAttributes, triggerFilters } from './adapters/knative-filters.ts';
import { eventTransform, knativeValidation, sinkBinding, sinks } from './adapters/knative-rules.ts';
import {
  apiServerSourceEvents,
  apiServerSourceOwnerAndFilters,
  apiServerSourceWatches,
  pingSourceCases,
} from './adapters/knative-sources.ts';
import { paramsApply, paramsPayload, paramsResolve } from './adapters/params.ts';
import { retry, triggerPolicy } from './adapters/policies.ts';
import { resourceFilter } from './adapters/resource-filter.ts';
import { resourceLabels } from './adapters/resource-labels.ts';
import { resourcePayload } from './adapters/resource-payload.ts';
import { sjson } from './adapters/sjson.ts';
import { tektonBindingsMerge, tektonExpressions, tektonJsonPath, tektonParams } from './adapters/tekton-bindings.ts';
import { tektonCel, tektonCelInterceptor } from './adapters/tekton-cel.ts';
import { tektonCreate } from './adapters/tekton-create.ts';
import { tektonEventListener } from './adapters/tekton-eventlistener.ts';
import { tektonHttp } from './adapters/tekton-http.ts';
import { tektonInterceptorCalls } from './adapters/tekton-interceptor-calls.ts';
import { tektonInterceptors } from './adapters/tekton-interceptors.ts';
import { tektonUpgrade, tektonValidation } from './adapters/tekton-kinds.ts';
import { tektonParamValue, tektonRunOutcome } from './adapters/tekton-runs.ts';
import { tektonTemplate } from './adapters/tekton-template.ts';
import { transform } from './adapters/transform.ts';
import { k8sTrigger, k8sUpdateMerge, logTrigger } from './adapters/triggers.ts';
import { validation } from './adapters/validation.ts';
import { webhook } from './adapters/webhook.ts';

/** Part → adapter. A part that is not here counts as skipped. */
export const adapters: Readonly<Record<string, Adapter>> = {
  'argo/argo-workflow': argoWorkflow,
  'argo/calendar': calendar,
  'argo/conditions-expression': conditionsExpression,
  'argo/conditions-state': conditionsState,
  'argo/cron-previous': cronPrevious,
  'argo/envelope': envelope,
  'argo/eventsource-filter': eventsourceFilter,
  'argo/exclusion-dates': exclusionDates,
  'argo/file': file,
  'argo/filter-combined': filterCombined,
  'argo/filter-context': filterContext,
  'argo/filter-data': filterData,
  'argo/filter-expr': filterExpr,
  'argo/filter-script': filterScript,
  'argo/filter-time': filterTime,
  'argo/gjson': gjson,
  'argo/govaluate': govaluate,
  'argo/jetstream-names': jetstreamNames,
  'argo/k8s-trigger': k8sTrigger,
  'argo/k8s-update-merge': k8sUpdateMerge,
  'argo/log-trigger': logTrigger,
  'argo/params-apply': paramsApply,
  'argo/params-payload': paramsPayload,
  'argo/params-resolve': paramsResolve,
  'argo/resource-filter': resourceFilter,
  'argo/resource-labels': resourceLabels,
  'argo/resource-payload': resourcePayload,
  'argo/retry': retry,
  'argo/sjson': sjson,
  'argo/transform': transform,
  'argo/trigger-policy': triggerPolicy,
  'argo/validation': validation,
  'argo/webhook': webhook,
  'knative/apiserversource-events': apiServerSourceEvents,
  'knative/apiserversource-owner-and-filters': apiServerSourceOwnerAndFilters,
  'knative/apiserversource-watches': apiServerSourceWatches,
  'knative/broker-ingress': brokerIngress,
  'knative/broker-ttl': brokerTtl,
  'knative/dead-letter': deadLetter,
  'knative/delivery': delivery,
  'knative/eventtransform': eventTransform,
  'knative/http-binding': httpBinding,
  'knative/pass-through-headers': passThroughHeaders,
  'knative/pingsource': pingSourceCases,
  'knative/sink': sinks,
  'knative/sinkbinding': sinkBinding,
  'knative/trigger-delivery': triggerDelivery,
  'knative/trigger-filter-attributes': triggerFilterAttributes,
  'knative/trigger-filters': triggerFilters,
  'knative/validation': knativeValidation,
  'tekton/bindings-merge': tektonBindingsMerge,
  'tekton/cel': tektonCel,
  'tekton/cel-interceptor': tektonCelInterceptor,
  'tekton/create': tektonCreate,
  'tekton/expressions': tektonExpressions,
  'tekton/interceptor-calls': tektonInterceptorCalls,
  'tekton/interceptors': tektonInterceptors,
  'tekton/jsonpath': tektonJsonPath,
  'tekton/eventlistener': tektonEventListener,
  'tekton/http': tektonHttp,
  'tekton/param-value': tektonParamValue,
  'tekton/params': tektonParams,
  'tekton/run-outcome': tektonRunOutcome,
  'tekton/upgrade': tektonUpgrade,
  'tekton/validation': tektonValidation,
  'tekton/template': tektonTemplate,
};
