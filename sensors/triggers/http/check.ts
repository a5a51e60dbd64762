import { checkTls } from '../../../src/core/access/tls.ts';
import { type Finding, under, warning } from '../../../src/core/errors/finding.ts';
import { isUrl } from '../../../src/core/http/url.ts';
import { checkParameters } from '../parameters/index.ts';
import { isOurs } from './headers.ts';
import type { HttpSpec } from './spec.ts';

/** What the schema cannot say of an `http` block. */
export function check(spec: HttpSpec, dependencies: readonly string[]): Finding[] {
  const { url, parameters = [], payload = [], dynamicHeaders = [], headers = {}, tls } = spec;
  const problem = `"${url}" is no http or https URL`;
  const useless = Object.keys(headers).filter(isOurs);
  return [
    ...(isUrl(url) && URL.canParse(url) ? [] : [warning('CONFIG_INVALID', ['url'], { problem })]),
    ...checkParameters(parameters, dependencies, ['parameters']),
    ...checkParameters(payload, dependencies, ['payload']),
    ...checkParameters(dynamicHeaders, dependencies, ['dynamicHeaders']),
    ...under('tls', checkTls(tls)),
    ...useless.map((name) =>
      warning('CONFIG_INVALID', ['headers', name], { problem: `the header ${name} has no effect: ${whyUseless(name)}` }),
    ),
  ];
}

const whyUseless = (name: string): string =>
  name.toLowerCase() === 'host' ? '`host` beside `headers` sets it' : 'it belongs to the connection';
