import { startLocalCluster } from '../../../src/cli/local-cluster/index.ts';
import { kubeApiContract } from '../../contracts/kube-api.ts';

kubeApiContract('the local Kubernetes API', async () => {
  const cluster = await startLocalCluster();
  return { ...cluster, end: () => cluster.close() };
});
