import { error, type Finding, type Path } from '../../../core/errors/finding.ts';
import { parsePeriod } from './period.ts';
import type { DeliverySpec } from './plan.ts';

/** What is wrong in a `delivery` block, but for its dead letter sink. */
export function checkDelivery({ retry, backoffPolicy, backoffDelay, timeout, retryAfterMax, format }: DeliverySpec, path: Path): Finding[] {
  const invalid = (field: string, problem: string, hint?: string): Finding =>
    error('CONFIG_INVALID', [...path, field], { problem }, hint === undefined ? {} : { hint });
  const choice = (field: string, value: string | undefined, choices: readonly string[]): Finding[] =>
    value === undefined || choices.includes(value) ? [] : [invalid(field, `"${value}" is none of ${choices.join(', ')}`)];
  const period = (field: string, value: string | undefined, isFine: (milliseconds: number) => boolean, wanted: string): Finding[] => {
    if (value === undefined) return [];
    const milliseconds = parsePeriod(value);
    if (milliseconds !== undefined && isFine(milliseconds)) return [];
    return [invalid(field, `"${value}" is no ${wanted}`, 'write an ISO 8601 duration, such as PT0.2S')];
  };
  const notNegative = (milliseconds: number): boolean => milliseconds >= 0;
  return [
    ...(retry !== undefined && retry < 0 ? [invalid('retry', `an event cannot be sent ${retry} times again`)] : []),
    ...choice('backoffPolicy', backoffPolicy, ['linear', 'exponential']),
    ...period('backoffDelay', backoffDelay, notNegative, 'wait'),
    ...period('timeout', timeout, (milliseconds) => milliseconds > 0, 'time that an answer could take'),
    ...period('retryAfterMax', retryAfterMax, notNegative, 'wait'),
    ...choice('format', format, ['binary', 'json']),
  ];
}
