import { nkeys } from '@nats-io/transport-node';

type Pair = ReturnType<typeof nkeys.createUser>;

export const seedOf = (pair: Pair): string => Buffer.from(pair.getSeed()).toString();

/** An operator, an account with JetStream and a user in it, as `nsc` makes them: what the server is told, and the user's credentials file. */
export function makeAccounts(): { config: string; creds: string } {
  const [operator, system, account, user] = [
    nkeys.createOperator(),
    nkeys.createAccount(),
    nkeys.createAccount(),
    nkeys.createUser(),
  ] as const;
  const limits = { subs: -1, data: -1, payload: -1, imports: -1, exports: -1, wildcards: true, conn: -1, leaf: -1 };
  const storage = { mem_storage: -1, disk_storage: -1, streams: -1, consumer: -1 };
  const ofOperator = token(operator, operator, { type: 'operator', version: 2, system_account: system.getPublicKey() });
  const ofSystem = token(system, operator, { type: 'account', version: 2, limits });
  const ofAccount = token(account, operator, { type: 'account', version: 2, limits: { ...limits, ...storage } });
  const ofUser = token(user, account, { type: 'user', version: 2, subs: -1, data: -1, payload: -1, pub: {}, sub: {} });
  return {
    config: `operator: ${ofOperator}\nresolver: MEMORY\nresolver_preload: { ${system.getPublicKey()}: ${ofSystem}, ${account.getPublicKey()}: ${ofAccount} }`,
    creds: [
      '-----BEGIN NATS USER JWT-----',
      ofUser,
      '------END NATS USER JWT------',
      '',
      '-----BEGIN USER NKEY SEED-----',
      seedOf(user),
      '------END USER NKEY SEED------',
    ].join('\n'),
  };
}

/** A JSON Web Token as NATS signs it. */
function token(subject: Pair, issuer: Pair, nats: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
  const claims = { jti: '1', iat: 1, iss: issuer.getPublicKey(), sub: subject.getPublicKey(), name: 'test', nats };
  const signed = `${part({ typ: 'JWT', alg: 'ed25519-nkey' })}.${part(claims)}`;
  return `${signed}.${Buffer.from(issuer.sign(Buffer.from(signed))).toString('base64url')}`;
}
