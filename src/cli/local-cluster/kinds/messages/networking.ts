/** Services, and how they are reached. */
export const networking = `
package io.k8s.api.core.v1
Service: A name and an address that last, for pods that come and go.
  1 metadata ObjectMeta
  2 spec ServiceSpec ={}
  3 status ServiceStatus
ServiceSpec: The ports, the pods behind them, and how far the Service can be reached.
  1 ports [ServicePort] by port,protocol: The ports of the Service.
  2 selector {string} atomic: The labels of the pods that get the traffic.
  3 clusterIP string: The address inside the cluster; None for no address, only names.
  18 clusterIPs [string]: The addresses inside the cluster, one for each family.
  4 type string =ClusterIP (ClusterIP|ExternalName|LoadBalancer|NodePort): How far it can be reached: ClusterIP, NodePort, LoadBalancer; or ExternalName, another name in DNS.
  5 externalIPs [string]: Addresses outside of the cluster's care at which nodes take traffic for it.
  7 sessionAffinity string =None (ClientIP|None): ClientIP: a client keeps its pod; or None.
  8 loadBalancerIP string: The address that the load balancer should get; not used any more.
  9 loadBalancerSourceRanges [string]: Ranges of addresses that the load balancer lets in.
  10 externalName string: The name in DNS for type ExternalName.
  11 externalTrafficPolicy string (Cluster|Local): Where traffic from outside goes: Cluster, to every pod, or Local, to pods of the same node.
  12 healthCheckNodePort int32: The port on which nodes tell load balancers whether they have pods of it.
  13 publishNotReadyAddresses bool: Whether pods get traffic before they are ready.
  14 sessionAffinityConfig SessionAffinityConfig: How long a client keeps its pod.
  19 ipFamilies [string] (|IPv4|IPv6): The families of its addresses: IPv4, IPv6.
  17 ipFamilyPolicy string (PreferDualStack|RequireDualStack|SingleStack): SingleStack, PreferDualStack or RequireDualStack.
  20 allocateLoadBalancerNodePorts bool?: Whether a LoadBalancer gets ports on the nodes too.
  21 loadBalancerClass string: Who is to make the load balancer.
  22 internalTrafficPolicy string (Cluster|Local): Where traffic from inside goes: Cluster, to every pod, or Local, to pods of the same node.
  23 trafficDistribution string: Which pods are preferred, such as PreferSameZone.
ServicePort: A port of a Service.
  1 name string: The name of the port; needed when there are several.
  2 protocol string =TCP (SCTP|TCP|UDP): TCP, UDP or SCTP; TCP when nothing is said.
  6 appProtocol string: What is spoken on the port, such as http or kubernetes.io/h2c.
  3 port! int32: The port of the Service.
  4 targetPort IntOrString: The port of the pods, by number or by name; the same as port when nothing is said.
  5 nodePort int32: The port on every node, for NodePort and LoadBalancer; chosen by the system when nothing is said.
SessionAffinityConfig: How long a client keeps its pod.
  1 clientIP ClientIPConfig: For sessionAffinity ClientIP.
ClientIPConfig: How long a client keeps its pod.
  1 timeoutSeconds int32?: Seconds; 10800 when nothing is said.
ServiceStatus: Where the Service is reached.
  1 loadBalancer LoadBalancerStatus: The addresses of the load balancer.
  2 conditions [Condition] by type
LoadBalancerStatus: The addresses of a load balancer.
  1 ingress [LoadBalancerIngress]: The addresses.
LoadBalancerIngress: One address of a load balancer.
  1 ip string: The address.
  2 hostname string: Its name in DNS.
  3 ipMode string: VIP, the address stays on the packets, or Proxy.
  4 ports [PortStatus]: The ports that are open there.
PortStatus: A port of a load balancer.
  1 port! int32
  2 protocol! string (SCTP|TCP|UDP)
  3 error string: What is wrong with the port, in a word.
Endpoints: The addresses behind a Service; EndpointSlices have taken their place.
  1 metadata ObjectMeta
  2 subsets [EndpointSubset]: Addresses by the ports that they have.
EndpointSubset: Addresses that have the same ports.
  1 addresses [EndpointAddress]: Addresses that take traffic.
  2 notReadyAddresses [EndpointAddress]: Addresses that take none yet.
  3 ports [EndpointPort]: The ports.
EndpointAddress atomic: An address behind a Service.
  1 ip! string: The address.
  3 hostname string: Its host name.
  4 nodeName string: The node that it is on.
  2 targetRef ObjectReference: The object behind it, usually a Pod.
EndpointPort atomic: A port behind a Service.
  1 name string: The name of the Service's port.
  2 port! int32
  3 protocol string =TCP (SCTP|TCP|UDP)
  4 appProtocol string: What is spoken on the port, such as http or kubernetes.io/h2c.
package io.k8s.api.discovery.v1
EndpointSlice: Some of the addresses behind a Service.
  1 metadata ObjectMeta
  4 addressType! string (FQDN|IPv4|IPv6): IPv4, IPv6 or FQDN.
  2 endpoints [Endpoint]: The addresses.
  3 ports [discovery.EndpointPort]: The ports that all of them have.
Endpoint: The addresses of one backend.
  1 addresses! [string] set unpatched: Its addresses, all of the same family.
  2 conditions EndpointConditions: Whether it takes traffic.
  3 hostname string: Its host name.
  4 targetRef ObjectReference: The object behind it, usually a Pod.
  5 deprecatedTopology {string}: Where it is, in the form of an older version.
  6 nodeName string: The node that it runs on.
  7 zone string: The zone that it is in.
  8 hints EndpointHints: Who should use it.
EndpointConditions: Whether an endpoint takes traffic.
  1 ready bool?: Whether it takes new traffic.
  2 serving bool?: Whether it answers, even while it goes away.
  3 terminating bool?: Whether it is going away.
EndpointHints: Who should use an endpoint.
  1 forZones [ForZone]: Clients in these zones.
  2 forNodes [ForNode]: Clients on these nodes.
ForZone: A zone that should use an endpoint.
  1 name! string
ForNode: A node that should use an endpoint.
  1 name! string
discovery.EndpointPort atomic: A port of a backend.
  1 name string: The name of the Service's port.
  2 protocol string =TCP (SCTP|TCP|UDP)
  3 port int32?
  4 appProtocol string: What is spoken on the port, such as http or kubernetes.io/h2c.
package io.k8s.api.networking.v1
Ingress: Lets HTTP requests from outside reach Services, by host and path.
  1 metadata ObjectMeta
  2 spec IngressSpec
  3 status IngressStatus
IngressSpec: Which hosts and paths go to which Services.
  4 ingressClassName string: The IngressClass whose controller is to work this Ingress.
  1 defaultBackend IngressBackend: Where requests go that no rule fits.
  2 tls [IngressTLS]: The certificates for the hosts.
  3 rules [IngressRule]: What becomes of requests, host by host.
IngressBackend: Where requests go: a Service, or another object that the controller knows.
  4 service IngressServiceBackend: A Service and its port.
  3 resource TypedLocalObjectReference: An object of another kind in the same namespace; not together with service.
IngressServiceBackend: A Service and its port.
  1 name! string: The name of the Service, in the same namespace.
  2 port ServiceBackendPort: The port of the Service, by name or by number.
ServiceBackendPort atomic: A port of a Service.
  1 name string: The name of the port; not together with number.
  2 number int32: The number of the port; not together with name.
IngressTLS: The certificate for some hosts.
  1 hosts [string]: The hosts that the certificate is for.
  2 secretName string: The Secret with the certificate and its key.
IngressRule: What becomes of requests for one host.
  1 host string: The host name of the request, *. in front means any one label; every host when nothing is said.
  2 =ingressRuleValue IngressRuleValue
IngressRuleValue: Backends by path.
  1 http HTTPIngressRuleValue: Backends by path.
HTTPIngressRuleValue: Backends by path.
  1 paths! [HTTPIngressPath]: The longest path that fits a request decides.
HTTPIngressPath: Requests with this path go to this backend.
  1 path string: The path of the request; it begins with a slash.
  3 pathType! string (Exact|ImplementationSpecific|Prefix): Prefix compares whole steps of the path, Exact the whole path, ImplementationSpecific what the controller thinks best.
  2 backend! IngressBackend: Where the requests go.
IngressStatus: Where the Ingress is reached.
  1 loadBalancer IngressLoadBalancerStatus: The addresses of the load balancer.
IngressLoadBalancerStatus: Where the Ingress is reached.
  1 ingress [IngressLoadBalancerIngress]: The addresses.
IngressLoadBalancerIngress: One address at which the Ingress is reached.
  1 ip string: The address.
  2 hostname string: Its name in DNS.
  4 ports [IngressPortStatus]: The ports that are open there.
IngressPortStatus: A port of a load balancer.
  1 port! int32
  2 protocol! string (SCTP|TCP|UDP)
  3 error string: What is wrong with the port, in a word.
IngressClass: Which controller works an Ingress that names this class.
  1 metadata ObjectMeta
  2 spec IngressClassSpec
IngressClassSpec: The controller, and its settings.
  1 controller string: The name of the controller, as a domain and a path.
  2 parameters IngressClassParametersReference: An object with settings for the controller.
IngressClassParametersReference: An object with settings for the controller.
  1 apiGroup string
  2 kind! string: The kind of the object.
  3 name! string
  4 scope string =Cluster: Cluster or Namespace.
  5 namespace string
NetworkPolicy: Which traffic the chosen pods may have.
  1 metadata ObjectMeta
  2 spec NetworkPolicySpec
NetworkPolicySpec: The pods, and the traffic that they may have.
  1 podSelector LabelSelector: The pods; all pods of the namespace when it is empty.
  2 ingress [NetworkPolicyIngressRule]: Traffic that may reach the pods.
  3 egress [NetworkPolicyEgressRule]: Traffic that may leave the pods.
  4 policyTypes [string] (Egress|Ingress): Which directions are restricted: Ingress, Egress.
NetworkPolicyIngressRule: Traffic that may reach the pods.
  1 ports [NetworkPolicyPort]: At these ports; all of them when empty.
  2 from [NetworkPolicyPeer]: From these places; everywhere when empty.
NetworkPolicyPort: A port, or a range of ports.
  1 protocol string =TCP (SCTP|TCP|UDP)
  2 port IntOrString: The port, by number or by name.
  3 endPort int32?: The last port of a range that begins with port.
NetworkPolicyPeer: A place that traffic comes from or goes to.
  1 podSelector LabelSelector: Pods with these labels.
  2 namespaceSelector LabelSelector: Namespaces with these labels.
  3 ipBlock IPBlock: A range of addresses; not together with the others.
IPBlock: A range of addresses.
  1 cidr! string: The range, such as 192.168.0.0/16.
  2 except [string]: Ranges within it that are left out.
NetworkPolicyEgressRule: Traffic that may leave the pods.
  1 ports [NetworkPolicyPort]: To these ports; all of them when empty.
  2 to [NetworkPolicyPeer]: To these places; everywhere when empty.
`;
