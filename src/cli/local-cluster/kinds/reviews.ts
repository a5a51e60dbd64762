import type { JsonObject } from '../../../core/json/json.ts';
import type { KubeObject } from '../../../core/kube/kube.ts';
import type { Resource } from './resource.ts';
import { row } from './row.ts';

const user: JsonObject = { username: 'admin', groups: ['system:masters', 'system:authenticated'] };

const answering =
  (status: JsonObject) =>
  (object: KubeObject): KubeObject => ({ ...object, status });
const allowed = answering({ allowed: true });

/** Questions about permissions. Who has the token may do everything. */
export const reviewKinds: readonly Resource[] = [
  row('authorization.k8s.io/v1', 'selfsubjectaccessreviews', 'SelfSubjectAccessReview', { cluster: true, virtual: allowed }),
  row('authorization.k8s.io/v1', 'subjectaccessreviews', 'SubjectAccessReview', { cluster: true, virtual: allowed }),
  row('authorization.k8s.io/v1', 'localsubjectaccessreviews', 'LocalSubjectAccessReview', { virtual: allowed }),
  row('authorization.k8s.io/v1', 'selfsubjectrulesreviews', 'SelfSubjectRulesReview', {
    cluster: true,
    virtual: answering({
      resourceRules: [{ verbs: ['*'], apiGroups: ['*'], resources: ['*'] }],
      nonResourceRules: [{ verbs: ['*'], nonResourceURLs: ['*'] }],
      incomplete: false,
    }),
  }),
  row('authentication.k8s.io/v1', 'selfsubjectreviews', 'SelfSubjectReview', { cluster: true, virtual: answering({ userInfo: user }) }),
];
