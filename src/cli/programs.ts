import type { Programs } from '../core/schema/kind.ts';
import type { ArgoFlags, KubeFlags } from './flags.ts';

/** The programs that the flags name, each on the cluster that we work on ourselves. */
export function programsOf({ argo, kubeconfig, context }: ArgoFlags & KubeFlags): Programs {
  if (argo === undefined) return { argo: false };
  const flags = [...(kubeconfig ? ['--kubeconfig', kubeconfig] : []), ...(context ? ['--context', context] : [])];
  return { argo: { path: argo, flags } };
}
