import { expect, test } from 'vitest';
import { checkRule } from '../../src/manifests/check.ts';
import { dialectRule } from '../../src/manifests/rule.ts';

test('what others have written into the status of a rule reaches its dialect', () => {
  const status = { address: { url: 'https://guard.ci.svc:8443/check' } };
  const { rule } = checkRule({
    apiVersion: 'triggers.tekton.dev/v1alpha1',
    kind: 'ClusterInterceptor',
    metadata: { name: 'guard' },
    spec: { clientConfig: { service: { name: 'guard', namespace: 'ci' } } },
    status,
  })!;

  expect(dialectRule(rule!).status).toEqual(status);
});
