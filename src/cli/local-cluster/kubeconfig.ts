/** The YAML text of a kubeconfig with one cluster, one user and one context, all named `sensorium`. */
export function writeKubeconfig(access: { server: string; ca: string; token: string; namespace: string }): string {
  return `apiVersion: v1
kind: Config
clusters:
  - name: sensorium
    cluster:
      server: ${access.server}
      certificate-authority-data: ${Buffer.from(access.ca).toString('base64')}
users:
  - name: sensorium
    user:
      token: ${access.token}
contexts:
  - name: sensorium
    context:
      cluster: sensorium
      user: sensorium
      namespace: ${JSON.stringify(access.namespace)}
current-context: sensorium
`;
}
