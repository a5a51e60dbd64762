import type { Finding, Path } from '../../../core/errors/finding.ts';
import { canonicalName } from '../../../core/http/call.ts';
import { compileInterceptors } from '../interceptors/compile.ts';
import { invalid, missing } from './check-names.ts';
import type { InterceptorEntry } from './interceptor-spec.ts';

/** What the schema cannot say of steps, with what is wrong in their settings. */
export function checkInterceptors(entries: readonly InterceptorEntry[], path: Path): Finding[] {
  const findings = entries.flatMap((entry, index) => checkInterceptor(entry, [...path, index]));
  if (findings.length > 0) return findings;
  return compileInterceptors(entries, nothing).findings.map((one) => ({ ...one, path: [...path, ...one.path] }));
}

/** Which interceptors there are is not known here. */
const nothing = { listenerNamespace: '', triggerNamespace: '', interceptorOf: () => undefined, sinkOf: () => undefined };

function checkInterceptor({ ref, webhook }: InterceptorEntry, path: Path): Finding[] {
  if (webhook) return checkWebhook(webhook, [...path, 'webhook']);
  return ref?.name ? [] : [missing(path, 'this interceptor is none: neither ref.name nor webhook is set', 'ref: {name: cel}')];
}

function checkWebhook({ objectRef, header = [] }: NonNullable<InterceptorEntry['webhook']>, path: Path): Finding[] {
  const headers = header.flatMap(({ name, value }, index) => checkHeader(name, value, [...path, 'header', index]));
  const at = [...path, 'objectRef'];
  if (!objectRef)
    return [missing(at, 'a webhook names the Service that is called', 'objectRef: {kind: Service, apiVersion: v1, name: …}'), ...headers];
  const { kind, apiVersion, name } = objectRef;
  return [
    ...(kind === 'Service' ? [] : [must('kind', 'Service', kind, at)]),
    ...(apiVersion === 'v1' ? [] : [must('apiVersion', 'v1', apiVersion, at)]),
    ...(name ? [] : [missing([...at, 'name'], 'the Service that is called has no name')]),
    ...headers,
  ];
}

function must(field: string, wanted: string, actual: string | undefined, at: Path): Finding {
  const hint = `${field}: ${wanted}`;
  if (actual === undefined) return missing([...at, field], `the ${field} of what is called is missing`, hint);
  return invalid([...at, field], `only a Service of v1 can be called, and its ${field} is "${actual}"`, hint);
}

function checkHeader(name: string, value: string | readonly string[], path: Path): Finding[] {
  const canonical = canonicalName(name);
  const findings: Finding[] = [];
  if (name === '') findings.push(invalid([...path, 'name'], 'this header has no name'));
  else if (canonical !== name)
    findings.push(invalid([...path, 'name'], `the header ${name} is written ${canonical}`, `name: ${canonical}`));
  if (value.length === 0) findings.push(invalid([...path, 'value'], `the header ${name} has no value`));
  return findings;
}
