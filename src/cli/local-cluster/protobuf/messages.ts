/**
 * The fields of the messages that clients send in protobuf, by their numbers: as far as `kubectl create …` and the like fill them in. `[T]`
 * is a list, `{T}` a map with string keys. A `?` marks a number or boolean that means something when it is 0 or false; elsewhere that is
 * how "not set" is written. `=` puts the fields of an inner message in place of itself.
 */
const table = {
  ObjectMeta:
    '1 name string, 2 generateName string, 3 namespace string, 11 labels {string}, 12 annotations {string}, 13 ownerReferences [OwnerReference], 14 finalizers [string]',
  OwnerReference: '1 kind string, 3 name string, 4 uid string, 5 apiVersion string, 6 controller bool?, 7 blockOwnerDeletion bool?',
  LabelSelector: '1 matchLabels {string}, 2 matchExpressions [LabelSelectorRequirement]',
  LabelSelectorRequirement: '1 key string, 2 operator string, 3 values [string]',
  LocalObjectReference: '1 name string',
  ObjectReference: '1 kind string, 2 namespace string, 3 name string, 4 uid string, 5 apiVersion string',

  Namespace: '1 metadata ObjectMeta',
  ConfigMap: '1 metadata ObjectMeta, 2 data {string}, 3 binaryData {bytes}, 4 immutable bool?',
  Secret: '1 metadata ObjectMeta, 2 data {bytes}, 3 type string, 4 stringData {string}, 5 immutable bool?',
  ServiceAccount:
    '1 metadata ObjectMeta, 2 secrets [ObjectReference], 3 imagePullSecrets [LocalObjectReference], 4 automountServiceAccountToken bool?',
  ResourceQuota: '1 metadata ObjectMeta, 2 spec ResourceQuotaSpec',
  ResourceQuotaSpec: '1 hard {Quantity}, 2 scopes [string]',

  Service: '1 metadata ObjectMeta, 2 spec ServiceSpec',
  ServiceSpec:
    '1 ports [ServicePort], 2 selector {string}, 3 clusterIP string, 4 type string, 5 externalIPs [string], 7 sessionAffinity string, 8 loadBalancerIP string, 10 externalName string, 11 externalTrafficPolicy string, 18 clusterIPs [string]',
  ServicePort: '1 name string, 2 protocol string, 3 port int, 4 targetPort IntOrString, 5 nodePort int, 6 appProtocol string',

  Pod: '1 metadata ObjectMeta, 2 spec PodSpec',
  PodTemplateSpec: '1 metadata ObjectMeta, 2 spec PodSpec',
  PodSpec:
    '2 containers [Container], 3 restartPolicy string, 4 terminationGracePeriodSeconds int?, 5 activeDeadlineSeconds int?, 6 dnsPolicy string, 7 nodeSelector {string}, 8 serviceAccountName string, 9 serviceAccount string, 10 nodeName string, 15 imagePullSecrets [LocalObjectReference], 19 schedulerName string, 20 initContainers [Container], 24 priorityClassName string',
  Container:
    '1 name string, 2 image string, 3 command [string], 4 args [string], 5 workingDir string, 6 ports [ContainerPort], 7 env [EnvVar], 8 resources ResourceRequirements, 9 volumeMounts [VolumeMount], 13 terminationMessagePath string, 14 imagePullPolicy string, 16 stdin bool, 17 stdinOnce bool, 18 tty bool, 19 envFrom [EnvFromSource], 20 terminationMessagePolicy string',
  ContainerPort: '1 name string, 2 hostPort int, 3 containerPort int, 4 protocol string, 5 hostIP string',
  EnvVar: '1 name string, 2 value string, 3 valueFrom EnvVarSource',
  EnvVarSource: '3 configMapKeyRef KeySelector, 4 secretKeyRef KeySelector',
  KeySelector: '1 =localObjectReference LocalObjectReference, 2 key string, 3 optional bool?',
  EnvFromSource: '1 prefix string, 2 configMapRef EnvSource, 3 secretRef EnvSource',
  EnvSource: '1 =localObjectReference LocalObjectReference, 2 optional bool?',
  VolumeMount: '1 name string, 2 readOnly bool, 3 mountPath string, 4 subPath string',
  ResourceRequirements: '1 limits {Quantity}, 2 requests {Quantity}',

  Deployment: '1 metadata ObjectMeta, 2 spec DeploymentSpec',
  DeploymentSpec:
    '1 replicas int?, 2 selector LabelSelector, 3 template PodTemplateSpec, 4 strategy DeploymentStrategy, 5 minReadySeconds int, 6 revisionHistoryLimit int?, 7 paused bool, 9 progressDeadlineSeconds int?',
  DeploymentStrategy: '1 type string',
  Job: '1 metadata ObjectMeta, 2 spec JobSpec',
  JobSpec:
    '1 parallelism int?, 2 completions int?, 3 activeDeadlineSeconds int?, 4 selector LabelSelector, 6 template PodTemplateSpec, 7 backoffLimit int?, 8 ttlSecondsAfterFinished int?, 9 completionMode string, 10 suspend bool?',
  JobTemplateSpec: '1 metadata ObjectMeta, 2 spec JobSpec',
  CronJob: '1 metadata ObjectMeta, 2 spec CronJobSpec',
  CronJobSpec:
    '1 schedule string, 2 startingDeadlineSeconds int?, 3 concurrencyPolicy string, 4 suspend bool?, 5 jobTemplate JobTemplateSpec, 6 successfulJobsHistoryLimit int?, 7 failedJobsHistoryLimit int?, 8 timeZone string',

  Ingress: '1 metadata ObjectMeta, 2 spec IngressSpec',
  IngressSpec: '1 defaultBackend IngressBackend, 2 tls [IngressTLS], 3 rules [IngressRule], 4 ingressClassName string',
  IngressRule: '1 host string, 2 =ingressRuleValue IngressRuleValue',
  IngressRuleValue: '1 http HTTPIngressRuleValue',
  HTTPIngressRuleValue: '1 paths [HTTPIngressPath]',
  HTTPIngressPath: '1 path string, 2 backend IngressBackend, 3 pathType string',
  IngressBackend: '4 service IngressServiceBackend',
  IngressServiceBackend: '1 name string, 2 port ServiceBackendPort',
  ServiceBackendPort: '1 name string, 2 number int',
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
  PodDisruptionBudgetSpec: '1 minAvailable IntOrString, 2 selector LabelSelector, 3 maxUnavailable IntOrString',
  PriorityClass: '1 metadata ObjectMeta, 2 value int?, 3 globalDefault bool, 4 description string, 5 preemptionPolicy string',
  HorizontalPodAutoscaler: '1 metadata ObjectMeta, 2 spec HorizontalPodAutoscalerSpec',
  HorizontalPodAutoscalerSpec:
    '1 scaleTargetRef CrossVersionObjectReference, 2 minReplicas int?, 3 maxReplicas int, 4 metrics [MetricSpec]',
  CrossVersionObjectReference: '1 kind string, 2 name string, 3 apiVersion string',
  MetricSpec: '1 type string, 4 resource ResourceMetricSource',
  ResourceMetricSource: '1 name string, 2 target MetricTarget',
  MetricTarget: '1 type string, 2 value Quantity, 3 averageValue Quantity, 4 averageUtilization int?',

  // these stand for one value each
  Quantity: '1 string string',
  IntOrString: '1 type int, 2 intVal int?, 3 strVal string',
};

export interface MessageField {
  readonly name: string;
  readonly type: string;
  readonly form: 'one' | 'list' | 'map';
  /** Zero and false are values. */
  readonly keepsZero: boolean;
  /** The inner message's fields are this message's own. */
  readonly inline: boolean;
}

const read = /^(\d+) (=?)(\w+) ([[{]?)(\w+)[\]}]?(\??)$/;

/** Each message's fields by number. */
export const messages: ReadonlyMap<string, ReadonlyMap<number, MessageField>> = new Map(
  Object.entries(table).map(([message, line]) => {
    const fields = line.split(', ').map((part) => {
      const [, number, inline, name, bracket, type, zero] = read.exec(part)!;
      const form = bracket === '[' ? 'list' : bracket === '{' ? 'map' : 'one';
      return [Number(number), { name: name!, type: type!, form, keepsZero: zero === '?', inline: inline === '=' }] as const;
    });
    return [message, new Map(fields)];
  }),
);
