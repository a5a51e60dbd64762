import { dirname } from 'node:path';
import { closest } from '../core/errors/closest.ts';
import { type Finding, warning } from '../core/errors/finding.ts';
import { isObject, type JsonObject } from '../core/json/json.ts';
import { dialects } from '../dialects/index.ts';
import { asSource, eventAdvice } from './check-events.ts';
import type { LoadedObject } from './document.ts';
import { kindOf } from './kinds.ts';
import { at, idOf, nameOf, namespaceOf } from './look.ts';
import { usesBus } from './uses-bus.ts';

/**
 * What only shows when all rules are seen together: a bus or an event that is not there, a filter that no event of its source passes,
 * and what the other dialects have to say. Keyed by object. Of what is not among them nothing is known: nothing is said about events without any
 * EventSource, nor about buses without any EventBus of the same namespace, nor about the default bus, which clusters often have, where none
 * lies beside the rule.
 */
export function checkTogether(loaded: readonly Pick<LoadedObject, 'object' | 'file'>[]): Map<JsonObject, Finding[]> {
  const rules = loaded.filter(({ object }) => kindOf(object));
  const ours = rules.map(({ object }) => object);
  const buses = rules.filter(({ object }) => object['kind'] === 'EventBus');
  const sources = new Map(
    ours
      .filter((object) => object['kind'] === 'EventSource' || object['kind'] === 'EventListener')
      .map((object) => (object['kind'] === 'EventListener' ? asSource(object) : object))
      .map((source) => [idOf(source), source]),
  );
  const advice = dialects.flatMap(({ advise }) => (advise ? [advise(ours)] : []));
  const found = new Map<JsonObject, Finding[]>();
  for (const { object, file } of rules) {
    const isNamed = at(object, 'spec', 'eventBusName') !== undefined;
    const known = buses.filter((bus) => isNamed || nameOf(bus.object) === 'default' || dirname(bus.file) === dirname(file));
    const findings = [
      ...busAdvice(
        object,
        known.map((bus) => bus.object),
      ),
      ...eventAdvice(object, sources),
      ...advice.flatMap((advise) => advise(object)),
    ];
    if (findings.length > 0) found.set(object, findings);
  }
  return found;
}

function busAdvice(object: JsonObject, buses: readonly JsonObject[]): Finding[] {
  if (object['kind'] === 'EventBus' || !isObject(object['spec']) || !usesBus(object)) return [];
  const wanted = String(at(object, 'spec', 'eventBusName') ?? 'default');
  const here = [...new Set(buses.filter((bus) => namespaceOf(bus) === namespaceOf(object)).map(nameOf))];
  if (here.length === 0 || here.includes(wanted)) return [];
  // Only Argo's rules can name one.
  const mayName = object['apiVersion'] === 'argoproj.io/v1alpha1';
  const near = mayName ? (closest(wanted, here) ?? (here.length === 1 ? here[0] : undefined)) : undefined;
  const isNamed = at(object, 'spec', 'eventBusName') !== undefined;
  const problem = `the EventBus "${wanted}"${isNamed ? '' : ', which is used when none is named,'} is not among these files in namespace "${namespaceOf(object)}"`;
  return [
    warning('CONFIG_INVALID', isNamed ? ['spec', 'eventBusName'] : ['spec'], { problem }, near ? { hint: `eventBusName: ${near}` } : {}),
  ];
}
