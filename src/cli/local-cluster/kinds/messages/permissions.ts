/** Who may do what. */
export const permissions = `
package io.k8s.api.rbac.v1
Role: A set of permissions within a namespace.
  1 metadata ObjectMeta
  2 rules [PolicyRule]: What may be done.
PolicyRule: What may be done with which resources.
  1 verbs! [string]
  2 apiGroups [string]
  3 resources [string]
  4 resourceNames [string]
  5 nonResourceURLs [string]
ClusterRole: A set of permissions, for all namespaces.
  1 metadata ObjectMeta
  2 rules [PolicyRule]: What may be done.
  3 aggregationRule AggregationRule: Which other roles the rules are taken from.
AggregationRule: Which roles are joined into one.
  1 clusterRoleSelectors [LabelSelector]: ClusterRoles with these labels.
RoleBinding: Gives a role to users, within a namespace.
  1 metadata ObjectMeta
  2 subjects [Subject]: Who gets the role.
  3 roleRef! RoleRef: The role; it cannot be changed later.
Subject atomic: A user, a group or a ServiceAccount.
  1 kind! string: User, Group or ServiceAccount.
  2 apiGroup string
  3 name! string
  4 namespace string: The namespace of the ServiceAccount.
RoleRef atomic: Names a role.
  1 apiGroup string =rbac.authorization.k8s.io
  2 kind! string: Role or ClusterRole.
  3 name! string
ClusterRoleBinding: Gives a ClusterRole to users, everywhere.
  1 metadata ObjectMeta
  2 subjects [Subject]: Who gets the role.
  3 roleRef! RoleRef: The role; it cannot be changed later.
package io.k8s.api.authorization.v1
SelfSubjectAccessReview: Asks whether who is asking may do something.
  1 metadata ObjectMeta
  2 spec! SelfSubjectAccessReviewSpec: The question.
  3 status SubjectAccessReviewStatus: The answer.
SelfSubjectAccessReviewSpec: The question: about a resource or about a path.
  1 resourceAttributes ResourceAttributes: A request for a resource.
  2 nonResourceAttributes NonResourceAttributes: A request for a path that is no resource.
ResourceAttributes: A request for a resource.
  1 namespace string: The namespace of the request; empty for all of them.
  2 verb string: What is to be done: get, list, watch, create, update, patch, delete.
  3 group string: The API group of the resource.
  4 version string: The version of the resource.
  5 resource string: The resource, in the plural.
  6 subresource string: Below the resource, such as status or log.
  7 name string: One object; empty for all of them.
  8 fieldSelector FieldSelectorAttributes: Only objects with these fields.
  9 labelSelector LabelSelectorAttributes: Only objects with these labels.
FieldSelectorAttributes: A selection by fields.
  1 rawSelector string: The selection as written in a query.
  2 requirements [FieldSelectorRequirement]: The selection, read.
LabelSelectorAttributes: A selection by labels.
  1 rawSelector string: The selection as written in a query.
  2 requirements [LabelSelectorRequirement]: The selection, read.
NonResourceAttributes: A request for a path that is no resource.
  1 path string: The path of the request.
  2 verb string: The method of the request, in small letters.
SubjectAccessReviewStatus: The answer.
  1 allowed! bool: Whether the request is allowed.
  4 denied bool: Whether somebody has refused it outright.
  2 reason string: Why.
  3 evaluationError string
SubjectAccessReview: Asks whether a user may do something.
  1 metadata ObjectMeta
  2 spec! SubjectAccessReviewSpec: The question.
  3 status SubjectAccessReviewStatus: The answer.
SubjectAccessReviewSpec: The question: who, and what.
  1 resourceAttributes ResourceAttributes: A request for a resource.
  2 nonResourceAttributes NonResourceAttributes: A request for a path that is no resource.
  3 user string: The name of the user.
  4 groups [string]: The groups that the user is in.
  5 extra {strings}: What else is known about the user.
  6 uid string
LocalSubjectAccessReview: Asks whether a user may do something in one namespace.
  1 metadata ObjectMeta
  2 spec! SubjectAccessReviewSpec: The question.
  3 status SubjectAccessReviewStatus: The answer.
SelfSubjectRulesReview: Asks for all that who is asking may do in a namespace.
  1 metadata ObjectMeta
  2 spec! SelfSubjectRulesReviewSpec: The question.
  3 status SubjectRulesReviewStatus: The answer.
SelfSubjectRulesReviewSpec: The namespace that is asked about.
  1 namespace string: The namespace that is asked about.
SubjectRulesReviewStatus: All that is allowed.
  1 resourceRules! [ResourceRule]: What may be done with resources.
  2 nonResourceRules! [NonResourceRule]: What may be done with other paths.
  3 incomplete! bool: Whether there may be more that could not be listed.
  4 evaluationError string
ResourceRule: What may be done with resources.
  1 verbs! [string]
  2 apiGroups [string]
  3 resources [string]
  4 resourceNames [string]
NonResourceRule: What may be done with paths that are no resources.
  1 verbs! [string]
  2 nonResourceURLs [string]
package io.k8s.api.authentication.v1
SelfSubjectReview: Asks the server who is asking.
  1 metadata ObjectMeta
  2 status SelfSubjectReviewStatus
SelfSubjectReviewStatus: Who is asking.
  1 userInfo UserInfo: The user as the server knows them.
UserInfo: A user.
  1 username string: The name of the user.
  2 uid string
  3 groups [string]: The groups that the user is in.
  4 extra {strings}: What else is known about the user.
`;
