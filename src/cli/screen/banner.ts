import pc from 'picocolors';

export interface Banner {
  readonly version: string;
  readonly server: string;
  readonly isLocal: boolean;
  readonly bus: string;
  readonly kubeconfig: string;
  readonly namespace: string;
  /** A file in which a Service stands, to edit by hand. */
  readonly tryFile: string | undefined;
}

/** What runs here. */
export function showStart({ version, server, isLocal, bus }: Banner): string {
  const where = isLocal ? `local Kubernetes API at ${server}` : `Kubernetes API at ${server}`;
  const note = isLocal
    ? `\n${pc.dim('State starts anew each time. Objects are kept while this runs, but nothing runs in them: a Pod stays a text.')}`
    : '';
  return `${pc.bold(`Sensorium ${version}`)}  ${where}, ${bus}${note}\n`;
}

const tryService = [
  '  kubectl create service clusterip web --tcp=8080',
  '  kubectl annotate service web autodeploy-ingress-host=web.example.com',
  '  kubectl get ingress -w',
  '  kubectl delete service web',
];

/** How to go on from here. */
export function showNext({ isLocal, kubeconfig, tryFile }: Banner): string {
  const lines = [
    '',
    ...(isLocal
      ? [
          `${pc.bold('Go on')} in another terminal:`,
          `  export KUBECONFIG=${kubeconfig}`,
          ...(tryFile ? tryService : ['  kubectl get eventsources,sensors']),
        ]
      : []),
    ...(tryFile ? [`Without kubectl: edit ${tryFile}; it is applied again when saved.`] : []),
    'Ctrl-C ends it.',
    '',
  ];
  return lines.join('\n');
}
