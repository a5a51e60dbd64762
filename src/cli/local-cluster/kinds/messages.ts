/**
 * The fields of Kubernetes messages: what type each has in JSON, and its number in the protobuf that Go clients send. As far as rules and
 * `kubectl create …` fill them in; a message that has more fields than stand here ends with `…`.
 *
 * `[T]` is a list, `{T}` a map with string keys. A `?` marks a number or boolean that means something when it is 0 or false; elsewhere that
 * is how protobuf writes "not set". `=` puts the fields of an inner message in place of itself.
 */
const table = {
  ObjectMeta:
    '1 name string, 2 generateName string, 3 namespace string, 4 selfLink string, 5 uid string, 6 resourceVersion string, 7 generation int64, 8 creationTimestamp Time, 9 deletionTimestamp Time, 10 deletionGracePeriodSeconds int64?, 11 labels {string}, 12 annotations {string}, 13 ownerReferences [OwnerReference], 14 finalizers [string], 17 managedFields [ManagedFieldsEntry]',
  OwnerReference: '1 kind string, 3 name string, 4 uid string, 5 apiVersion string, 6 controller bool?, 7 blockOwnerDeletion bool?',
  ManagedFieldsEntry:
    '1 manager string, 2 operation string, 3 apiVersion string, 4 time Time, 6 fieldsType string, 7 fieldsV1 FieldsV1, 8 subresource string',
  LabelSelector: '1 matchLabels {string}, 2 matchExpressions [LabelSelectorRequirement]',
  LabelSelectorRequirement: '1 key string, 2 operator string, 3 values [string]',
  LocalObjectReference: '1 name string',
  ObjectReference:
    '1 kind string, 2 namespace string, 3 name string, 4 uid string, 5 apiVersion string, 6 resourceVersion string, 7 fieldPath string',

  Namespace: '1 metadata ObjectMeta, 2 spec NamespaceSpec',
  NamespaceSpec: '1 finalizers [string]',
  ConfigMap: '1 metadata ObjectMeta, 2 data {string}, 3 binaryData {bytes}, 4 immutable bool?',
  Secret: '1 metadata ObjectMeta, 2 data {bytes}, 3 type string, 4 stringData {string}, 5 immutable bool?',
  ServiceAccount:
    '1 metadata ObjectMeta, 2 secrets [ObjectReference], 3 imagePullSecrets [LocalObjectReference], 4 automountServiceAccountToken bool?',
  ResourceQuota: '1 metadata ObjectMeta, 2 spec ResourceQuotaSpec',
  ResourceQuotaSpec: '1 hard {Quantity}, 2 scopes [string], …',

  Service: '1 metadata ObjectMeta, 2 spec ServiceSpec',
  ServiceSpec:
    '1 ports [ServicePort], 2 selector {string}, 3 clusterIP string, 4 type string, 5 externalIPs [string], 7 sessionAffinity string, 8 loadBalancerIP string, 9 loadBalancerSourceRanges [string], 10 externalName string, 11 externalTrafficPolicy string, 12 healthCheckNodePort int32, 13 publishNotReadyAddresses bool, 14 sessionAffinityConfig SessionAffinityConfig, 17 ipFamilyPolicy string, 18 clusterIPs [string], 19 ipFamilies [string], 20 allocateLoadBalancerNodePorts bool?, 21 loadBalancerClass string, 22 internalTrafficPolicy string, 23 trafficDistribution string',
  SessionAffinityConfig: '1 clientIP ClientIPConfig',
  ClientIPConfig: '1 timeoutSeconds int32?',
  ServicePort: '1 name string, 2 protocol string, 3 port int32, 4 targetPort IntOrString, 5 nodePort int32, 6 appProtocol string',

  Pod: '1 metadata ObjectMeta, 2 spec PodSpec',
  PodTemplateSpec: '1 metadata ObjectMeta, 2 spec PodSpec',
  PodSpec:
    '2 containers [Container], 3 restartPolicy string, 4 terminationGracePeriodSeconds int64?, 5 activeDeadlineSeconds int64?, 6 dnsPolicy string, 7 nodeSelector {string}, 8 serviceAccountName string, 9 serviceAccount string, 10 nodeName string, 11 hostNetwork bool, 12 hostPID bool, 13 hostIPC bool, 15 imagePullSecrets [LocalObjectReference], 19 schedulerName string, 20 initContainers [Container], 24 priorityClassName string, …',
  Container:
    '1 name string, 2 image string, 3 command [string], 4 args [string], 5 workingDir string, 6 ports [ContainerPort], 7 env [EnvVar], 8 resources ResourceRequirements, 9 volumeMounts [VolumeMount], 13 terminationMessagePath string, 14 imagePullPolicy string, 16 stdin bool, 17 stdinOnce bool, 18 tty bool, 19 envFrom [EnvFromSource], 20 terminationMessagePolicy string, …',
  ContainerPort: '1 name string, 2 hostPort int32, 3 containerPort int32, 4 protocol string, 5 hostIP string',
  EnvVar: '1 name string, 2 value string, 3 valueFrom EnvVarSource',
  EnvVarSource: '3 configMapKeyRef KeySelector, 4 secretKeyRef KeySelector, …',
  KeySelector: '1 =localObjectReference LocalObjectReference, 2 key string, 3 optional bool?',
  EnvFromSource: '1 prefix string, 2 configMapRef EnvSource, 3 secretRef EnvSource',
  EnvSource: '1 =localObjectReference LocalObjectReference, 2 optional bool?',
  VolumeMount:
    '1 name string, 2 readOnly bool, 3 mountPath string, 4 subPath string, 5 mountPropagation string, 6 subPathExpr string, 7 recursiveReadOnly string',
  ResourceRequirements: '1 limits {Quantity}, 2 requests {Quantity}, 3 claims [ResourceClaim]',
  ResourceClaim: '1 name string, 2 request string',

  Deployment: '1 metadata ObjectMeta, 2 spec DeploymentSpec',
  DeploymentSpec:
    '1 replicas int32?, 2 selector LabelSelector, 3 template PodTemplateSpec, 4 strategy DeploymentStrategy, 5 minReadySeconds int32, 6 revisionHistoryLimit int32?, 7 paused bool, 9 progressDeadlineSeconds int32?',
  DeploymentStrategy: '1 type string, 2 rollingUpdate RollingUpdateDeployment',
  RollingUpdateDeployment: '1 maxUnavailable IntOrString, 2 maxSurge IntOrString',
  Job: '1 metadata ObjectMeta, 2 spec JobSpec',
  JobSpec:
    '1 parallelism int32?, 2 completions int32?, 3 activeDeadlineSeconds int64?, 4 selector LabelSelector, 6 template PodTemplateSpec, 7 backoffLimit int32?, 8 ttlSecondsAfterFinished int32?, 9 completionMode string, 10 suspend bool?, …',
  JobTemplateSpec: '1 metadata ObjectMeta, 2 spec JobSpec',
  CronJob: '1 metadata ObjectMeta, 2 spec CronJobSpec',
  CronJobSpec:
    '1 schedule string, 2 startingDeadlineSeconds int64?, 3 concurrencyPolicy string, 4 suspend bool?, 5 jobTemplate JobTemplateSpec, 6 successfulJobsHistoryLimit int32?, 7 failedJobsHistoryLimit int32?, 8 timeZone string',

  Ingress: '1 metadata ObjectMeta, 2 spec IngressSpec',
  IngressSpec: '1 defaultBackend IngressBackend, 2 tls [IngressTLS], 3 rules [IngressRule], 4 ingressClassName string',
  IngressRule: '1 host string, 2 =ingressRuleValue IngressRuleValue',
  IngressRuleValue: '1 http HTTPIngressRuleValue',
  HTTPIngressRuleValue: '1 paths [HTTPIngressPath]',
  HTTPIngressPath: '1 path string, 2 backend IngressBackend, 3 pathType string',
  IngressBackend: '3 resource TypedLocalObjectReference, 4 service IngressServiceBackend',
  TypedLocalObjectReference: '1 apiGroup string, 2 kind string, 3 name string',
  IngressServiceBackend: '1 name string, 2 port ServiceBackendPort',
  ServiceBackendPort: '1 name string, 2 number int32',
  IngressTLS: '1 hosts [string], 2 secretName string',

  Role: '1 metadata ObjectMeta, 2 rules [PolicyRule]',
  ClusterRole: '1 metadata ObjectMeta, 2 rules [PolicyRule], 3 aggregationRule AggregationRule',
  AggregationRule: '1 clusterRoleSelectors [LabelSelector]',
  PolicyRule: '1 verbs [string], 2 apiGroups [string], 3 resources [string], 4 resourceNames [string], 5 nonResourceURLs [string]',
  RoleBinding: '1 metadata ObjectMeta, 2 subjects [Subject], 3 roleRef RoleRef',
  ClusterRoleBinding: '1 metadata ObjectMeta, 2 subjects [Subject], 3 roleRef RoleRef',
  Subject: '1 kind string, 2 apiGroup string, 3 name string, 4 namespace string',
  RoleRef: '1 apiGroup string, 2 kind string, 3 name string',

  PodDisruptionBudget: '1 metadata ObjectMeta, 2 spec PodDisruptionBudgetSpec',
  PodDisruptionBudgetSpec:
    '1 minAvailable IntOrString, 2 selector LabelSelector, 3 maxUnavailable IntOrString, 4 unhealthyPodEvictionPolicy string',
  PriorityClass: '1 metadata ObjectMeta, 2 value int32?, 3 globalDefault bool, 4 description string, 5 preemptionPolicy string',
  HorizontalPodAutoscaler: '1 metadata ObjectMeta, 2 spec HorizontalPodAutoscalerSpec',
  HorizontalPodAutoscalerSpec:
    '1 scaleTargetRef CrossVersionObjectReference, 2 minReplicas int32?, 3 maxReplicas int32, 4 metrics [MetricSpec], …',
  CrossVersionObjectReference: '1 kind string, 2 name string, 3 apiVersion string',
  MetricSpec: '1 type string, 4 resource ResourceMetricSource, …',
  ResourceMetricSource: '1 name string, 2 target MetricTarget',
  MetricTarget: '1 type string, 2 value Quantity, 3 averageValue Quantity, 4 averageUtilization int32?',

  // these stand for one value each
  Quantity: '1 string string',
  IntOrString: '1 type int32, 2 intVal int32?, 3 strVal string',
  Time: '1 seconds int64, 2 nanos int32',
  FieldsV1: '1 Raw bytes',
};

export interface MessageField {
  readonly number: number;
  readonly name: string;
  readonly type: string;
  readonly form: 'one' | 'list' | 'map';
  /** Zero and false are values. */
  readonly keepsZero: boolean;
  /** The inner message's fields are this message's own. */
  readonly inline: boolean;
}

export interface Message {
  readonly fields: readonly MessageField[];
  /** Whether it has no other fields. */
  readonly whole: boolean;
}

const read = /^(\d+) (=?)(\w+) ([[{]?)(\w+)[\]}]?(\??)$/;

export const messages: ReadonlyMap<string, Message> = new Map(
  Object.entries(table).map(([message, line]) => {
    const parts = line.split(', ');
    return [message, { fields: parts.filter((part) => part !== '…').map(fieldOf), whole: !parts.includes('…') }];
  }),
);

function fieldOf(part: string): MessageField {
  const [, number, inline, name, bracket, type, zero] = read.exec(part)!;
  const form = bracket === '[' ? 'list' : bracket === '{' ? 'map' : 'one';
  return { number: Number(number), name: name!, type: type!, form, keepsZero: zero === '?', inline: inline === '=' };
}
