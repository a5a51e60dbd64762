/** Containers: what they run, how they are asked how they are, what they may do. */
export const containers = `
package io.k8s.api.core.v1
Container: One container of a pod.
  1 name! string: The name of the container, unique in the pod.
  2 image string: The image to run.
  3 command [string]: The program; that of the image when nothing is said.
  4 args [string]: What the program is given; that of the image when nothing is said.
  5 workingDir string: The folder that the program starts in.
  6 ports [ContainerPort] by containerPort,protocol: The ports that it listens on; for people and for names, nothing else is opened or closed by them.
  19 envFrom [EnvFromSource]: Where many environment variables come from at once.
  7 env [EnvVar] by name: Environment variables.
  8 resources ResourceRequirements ={}: How much CPU and memory it asks for, and may have.
  23 resizePolicy [ContainerResizePolicy]: Whether it has to be restarted when its resources change.
  24 restartPolicy string: When it is restarted, if not as the pod says.
  25 restartPolicyRules [ContainerRestartRule]: When it is restarted, by exit code; the first rule that fits decides.
  9 volumeMounts [VolumeMount] by mountPath: Where volumes of the pod are mounted.
  21 volumeDevices [VolumeDevice] by devicePath: Where volumes of the pod appear as devices.
  10 livenessProbe Probe: Asks whether it still works; it is restarted when not.
  11 readinessProbe Probe: Asks whether it may get traffic.
  22 startupProbe Probe: Asks whether it has started; the other probes wait for that.
  12 lifecycle Lifecycle: What is done after its start and before its end.
  13 terminationMessagePath string =/dev/termination-log: The file whose text becomes the message of its end.
  20 terminationMessagePolicy string =File (FallbackToLogsOnError|File): File, or FallbackToLogsOnError: the end of the log when the file is empty.
  14 imagePullPolicy string (Always|IfNotPresent|Never): When the image is pulled: Always, Never or IfNotPresent.
  15 securityContext SecurityContext: What it may do on the node.
  16 stdin bool: Whether it gets an open standard input.
  17 stdinOnce bool: Whether the input ends with the first client that goes.
  18 tty bool: Whether it gets a terminal.
ContainerPort: A port that a container listens on.
  1 name string: A name for the port, which Services can use.
  2 hostPort int32: The port on the node that leads to it.
  3 containerPort! int32: The port in the pod.
  4 protocol string =TCP (SCTP|TCP|UDP): TCP, UDP or SCTP; TCP when nothing is said.
  5 hostIP string: The address on the node for hostPort.
EnvFromSource: Many environment variables at once.
  1 prefix string: Put before every name.
  2 configMapRef ConfigMapEnvSource: All entries of a ConfigMap.
  3 secretRef SecretEnvSource: All entries of a Secret.
ConfigMapEnvSource: All entries of a ConfigMap, as environment variables.
  1 =localObjectReference LocalObjectReference
  2 optional bool?
SecretEnvSource: All entries of a Secret, as environment variables.
  1 =localObjectReference LocalObjectReference
  2 optional bool?
EnvVar: An environment variable.
  1 name! string: The name of the variable.
  2 value string: Its value; $(NAME) stands for an earlier variable.
  3 valueFrom EnvVarSource: Where its value comes from.
EnvVarSource: Where the value of an environment variable comes from.
  1 fieldRef ObjectFieldSelector: A field of the pod.
  2 resourceFieldRef ResourceFieldSelector: A resource of a container.
  3 configMapKeyRef ConfigMapKeySelector: An entry of a ConfigMap.
  4 secretKeyRef SecretKeySelector: An entry of a Secret.
  5 fileKeyRef FileKeySelector: A line of a file in a volume.
ObjectFieldSelector atomic: A field of the pod.
  1 apiVersion string =v1: The version that the path is written in; v1 when nothing is said.
  2 fieldPath! string: The field, such as metadata.name or status.podIP.
ResourceFieldSelector atomic: A resource of a container.
  1 containerName string: The container.
  2 resource! string: The resource, such as limits.cpu.
  3 divisor Quantity: The unit; 1 when nothing is said.
ConfigMapKeySelector atomic: One entry of a ConfigMap.
  1 =localObjectReference LocalObjectReference
  2 key! string: The name of the entry.
  3 optional bool?
SecretKeySelector atomic: One entry of a Secret.
  1 =localObjectReference LocalObjectReference
  2 key! string: The name of the entry.
  3 optional bool?
FileKeySelector atomic: One line of a file in a volume.
  1 volumeName! string
  2 path! string: The file in the volume.
  3 key! string: The name of the variable in the file.
  4 optional bool?
ContainerResizePolicy: Whether a container has to be restarted when a resource changes.
  1 resourceName! string: The resource: cpu or memory.
  2 restartPolicy! string: NotRequired or RestartContainer.
ContainerRestartRule: When a container is restarted.
  1 action! string: Restart or RestartAllContainers.
  2 exitCodes ContainerRestartRuleOnExitCodes: After these exit codes.
ContainerRestartRuleOnExitCodes: Some exit codes.
  1 operator! string: In or NotIn.
  2 values [int32] set unpatched: The exit codes.
VolumeMount: A volume that is mounted in a container.
  1 name! string: The name of the volume.
  2 readOnly bool
  7 recursiveReadOnly string: Whether mounts below it are read-only too: Disabled, IfPossible or Enabled.
  3 mountPath! string: Where it is mounted.
  4 subPath string: Only this folder of the volume.
  5 mountPropagation string (Bidirectional|HostToContainer|None): Whether later mounts are seen on the other side: None, HostToContainer or Bidirectional.
  6 subPathExpr string: The same as subPath, with $(NAME) for environment variables.
VolumeDevice: A volume that appears as a device in a container.
  1 name! string: The name of the claim's volume.
  2 devicePath! string: The path of the device in the container.
Probe: Asks a container how it is.
  1 =handler ProbeHandler
  2 initialDelaySeconds int32: Seconds from the start of the container to the first question.
  3 timeoutSeconds int32 =1: Seconds after which no answer counts as a bad one.
  4 periodSeconds int32 =10: Seconds from one question to the next.
  5 successThreshold int32 =1: How many good answers in a row it takes.
  6 failureThreshold int32 =3: How many bad answers in a row it takes.
  7 terminationGracePeriodSeconds int64?: Seconds that the container has to end by itself when the probe has failed.
ProbeHandler: How a container is asked; one of these.
  1 exec ExecAction: A command in the container.
  2 httpGet HTTPGetAction: An HTTP GET.
  3 tcpSocket TCPSocketAction: A connection to a port.
  4 grpc GRPCAction: A call of the health service of gRPC.
ExecAction: A command in the container.
  1 command [string]: The program and its words; no shell is involved. Exit code 0 is success.
HTTPGetAction: An HTTP GET; an answer from 200 to 399 is success.
  1 path string =/: The path of the request.
  2 port! IntOrString: The port, by number or by name.
  3 host string: The host; the pod itself when nothing is said.
  4 scheme string =HTTP (HTTP|HTTPS): HTTP or HTTPS.
  5 httpHeaders [HTTPHeader]: Headers to send.
HTTPHeader: A header of a request.
  1 name! string
  2 value! string
TCPSocketAction: A connection to a port.
  1 port! IntOrString: The port, by number or by name.
  2 host string: The host; the pod itself when nothing is said.
GRPCAction: A call of the health service of gRPC.
  1 port! int32
  2 service string: The service that is asked about.
Lifecycle: What is done after the start of a container and before its end.
  1 postStart LifecycleHandler: Right after the start.
  2 preStop LifecycleHandler: Before it is ended.
  3 stopSignal string (SIGABRT|SIGALRM|SIGBUS|SIGCHLD|SIGCLD|SIGCONT|SIGFPE|SIGHUP|SIGILL|SIGINT|SIGIO|SIGIOT|SIGKILL|SIGPIPE|SIGPOLL|SIGPROF|SIGPWR|SIGQUIT|SIGRTMAX|SIGRTMAX-1|SIGRTMAX-10|SIGRTMAX-11|SIGRTMAX-12|SIGRTMAX-13|SIGRTMAX-14|SIGRTMAX-2|SIGRTMAX-3|SIGRTMAX-4|SIGRTMAX-5|SIGRTMAX-6|SIGRTMAX-7|SIGRTMAX-8|SIGRTMAX-9|SIGRTMIN|SIGRTMIN+1|SIGRTMIN+10|SIGRTMIN+11|SIGRTMIN+12|SIGRTMIN+13|SIGRTMIN+14|SIGRTMIN+15|SIGRTMIN+2|SIGRTMIN+3|SIGRTMIN+4|SIGRTMIN+5|SIGRTMIN+6|SIGRTMIN+7|SIGRTMIN+8|SIGRTMIN+9|SIGSEGV|SIGSTKFLT|SIGSTOP|SIGSYS|SIGTERM|SIGTRAP|SIGTSTP|SIGTTIN|SIGTTOU|SIGURG|SIGUSR1|SIGUSR2|SIGVTALRM|SIGWINCH|SIGXCPU|SIGXFSZ): The signal that ends it.
LifecycleHandler: Something to do; one of these.
  1 exec ExecAction: A command in the container.
  2 httpGet HTTPGetAction: An HTTP GET.
  3 tcpSocket TCPSocketAction: Not used any more.
  4 sleep SleepAction: A pause.
SleepAction: A pause.
  1 seconds! int64: How long.
SecurityContext: What a container may do on the node.
  1 capabilities Capabilities: Rights of its processes beyond those of their user.
  2 privileged bool?: Whether it may do all that root on the node may do.
  3 seLinuxOptions SELinuxOptions: The SELinux label.
  10 windowsOptions WindowsSecurityContextOptions: Settings for Windows.
  4 runAsUser int64?: The number of the user that it runs as.
  8 runAsGroup int64?: The number of the group that it runs as.
  5 runAsNonRoot bool?: Whether it is kept from running as root.
  6 readOnlyRootFilesystem bool?: Whether its own files are read-only.
  7 allowPrivilegeEscalation bool?: Whether its processes can gain more rights than they began with.
  9 procMount string (Default|Unmasked): How much of /proc it sees: Default or Unmasked.
  11 seccompProfile SeccompProfile: Which system calls are allowed.
  12 appArmorProfile AppArmorProfile: The AppArmor profile.
Capabilities: Rights of a process beyond those of its user.
  1 add [string]: Rights that are given.
  2 drop [string]: Rights that are taken away.
SELinuxOptions: The SELinux label of a container.
  1 user string: The user of the label.
  2 role string: The role of the label.
  3 type string: The type of the label.
  4 level string: The level of the label.
WindowsSecurityContextOptions: Settings for containers on Windows.
  1 gmsaCredentialSpecName string: The name of the managed service account's description.
  2 gmsaCredentialSpec string: The managed service account's description.
  3 runAsUserName string: The user that it runs as.
  4 hostProcess bool?: Whether it runs as a process of the node.
SeccompProfile: Which system calls are allowed.
  1 type! string (Localhost|RuntimeDefault|Unconfined): Unconfined, RuntimeDefault or Localhost.
  2 localhostProfile string: The profile on the node, for type Localhost.
AppArmorProfile: The AppArmor profile of a container.
  1 type! string (Localhost|RuntimeDefault|Unconfined): Unconfined, RuntimeDefault or Localhost.
  2 localhostProfile string: The profile on the node, for type Localhost.
EphemeralContainer: A container that joins a running pod, to look into it.
  1 =common Container
  2 targetContainerName string: The container whose processes it sees.
`;
