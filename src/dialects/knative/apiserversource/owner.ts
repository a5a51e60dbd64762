import type { Filter } from '../../../../eventsources/resource/filter.ts';
import { isObject } from '../../../core/json/json.ts';
import type { ApiServerSourceSpec } from '../kinds/api-server-source.ts';

/** `owner`: only objects whose controller is of that kind, and of that API version where it names one. */
export function ownerFilter(owner: ApiServerSourceSpec['owner']): Filter {
  if (!owner) return () => undefined;
  const { apiVersion = '', kind = '' } = owner;
  const wanted = apiVersion === '' ? kind : `${apiVersion} ${kind}`;
  return ({ metadata }) => {
    const references = metadata['ownerReferences'];
    const controller = (Array.isArray(references) ? references : []).find((one) => isObject(one) && one['controller'] === true);
    if (!isObject(controller)) return `owner: no ${wanted} controls it`;
    if (controller['kind'] === kind && (apiVersion === '' || controller['apiVersion'] === apiVersion)) return undefined;
    return `owner: it is controlled by a ${controller['apiVersion']} ${controller['kind']}, not by a ${wanted}`;
  };
}
