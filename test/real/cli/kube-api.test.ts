import { describe } from 'vitest';
import { kubeApiContract } from '../../contracts/kube-api.ts';
import { haveApiServer, sharedApiServer } from '../../support/kube-apiserver.ts';

describe.skipIf(!haveApiServer())('real servers', () => kubeApiContract('kube-apiserver', sharedApiServer));
