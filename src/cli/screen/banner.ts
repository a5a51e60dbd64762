import pc from 'picocolors';
import type { KubeObject } from '../../core/kube/kube.ts';

export interface Banner {
  readonly version: string;
  readonly server: string;
  readonly isLocal: boolean;
  /** Whether a node is played (`--simulate`). */
  readonly isSimulated: boolean;
  readonly bus: string;
  readonly kubeconfig: string;
  readonly namespace: string;
  /** The kinds of the rules in the files, as kubectl is asked for them. */
  readonly kinds: readonly string[];
  /** An object among the files that is no rule, to try the rules with. */
  readonly tried: { readonly file: string; readonly object: KubeObject } | undefined;
}

/** What runs here. */
export function showStart({ version, server, isLocal, isSimulated, bus }: Banner): string {
  const where = isLocal ? `local Kubernetes API at ${server}` : `Kubernetes API at ${server}`;
  const about = isSimulated
    ? 'A node is played: Pods, Jobs and runs of Tekton start and end, but nothing is executed in them.'
    : 'Objects are kept while this runs, but nothing runs in them: a Pod stays a text.';
  const note = isLocal ? `\n${pc.dim(`State starts anew each time. ${about}`)}` : '';
  return `${pc.bold(`Sensorium ${version}`)}  ${where}, ${bus}${note}\n`;
}

/** The annotation of our first example, whose own story is told. */
const asksForIngress = 'autodeploy-ingress-host';

/** What to type to make something happen. */
function tryWith({ kind, metadata: { name, namespace, annotations } }: KubeObject): string[] {
  if (annotations?.[asksForIngress]) {
    return [
      'kubectl create service clusterip web --tcp=8080',
      `kubectl annotate service web ${asksForIngress}=web.example.com`,
      'kubectl get ingress -w',
      'kubectl delete service web',
    ];
  }
  const object = `${kind.toLowerCase()} ${name}${namespace ? ` -n ${namespace}` : ''}`;
  return [`kubectl label ${object} tried=yes`, `kubectl delete ${object}`];
}

/** How to go on from here. */
export function showNext({ isLocal, isSimulated, kubeconfig, kinds, tried }: Banner): string {
  const rules = kinds.length > 0 ? kinds : ['eventsources', 'sensors'];
  const lines = [
    '',
    ...(isLocal
      ? [
          `${pc.bold('Go on')} in another terminal:`,
          `  export KUBECONFIG=${kubeconfig}`,
          ...(isSimulated ? ['kubectl run busybox --image=busybox --restart=Never -- ls'] : []).map((command) => `  ${command}`),
          ...(tried ? tryWith(tried.object) : [`kubectl get ${rules.join(',')}`]).map((command) => `  ${command}`),
        ]
      : []),
    ...(tried ? [`Without kubectl: edit ${tried.file}; it is applied again when saved.`] : []),
    'Ctrl-C ends it.',
    '',
  ];
  return lines.join('\n');
}
