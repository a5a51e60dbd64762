import type { Finding, Path } from '../../../core/errors/finding.ts';
import { checkOptional } from './check-fields.ts';
import type { DeliverySpec } from './fields.ts';

export function checkDelivery(delivery: DeliverySpec, path: Path, what: string): Finding[] {
  return checkOptional(delivery?.deadLetterSink, [...path, 'deadLetterSink'], what);
}
