import { readFileSync } from 'node:fs';
import { describe } from 'vitest';
import { startLocalCluster } from '../../../src/cli/local-cluster/index.ts';
import { kubectlContract } from '../../contracts/kubectl.ts';
import { haveApiServer, sharedApiServer } from '../../support/kube-apiserver.ts';
import { haveKubectl } from '../../support/kubectl.ts';

describe.skipIf(!haveKubectl())('kubectl', () => {
  kubectlContract('on the local Kubernetes API', async () => {
    const cluster = await startLocalCluster();
    return { kubeconfig: cluster.kubeconfig, end: () => cluster.close() };
  });

  describe.skipIf(!haveApiServer())('real servers', () => {
    kubectlContract('on kube-apiserver', async () => ({ kubeconfig: readFileSync((await sharedApiServer()).kubeconfigPath, 'utf8') }));
  });
});
