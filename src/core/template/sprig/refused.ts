const keys =
  'keys and certificates that are made anew for each event protect nothing; make them once, keep them in a Secret and refer to it';
const secrets = 'a secret in a rule can be read by who can read the rule; encrypt where the value is used, or keep it in a Secret';
const environment = 'a rule sees its events and nothing of the process that it runs in; write the value into the rule';

/** Functions of sprig that are not here, each with the reason and what to do instead. */
export const refusedFunctions: ReadonlyMap<string, string> = new Map([
  ['env', environment],
  ['expandenv', environment],
  ['getHostByName', 'a template that asks a name server can hang and gives another answer each time; use the name itself'],
  ['genPrivateKey', keys],
  ['genCA', keys],
  ['genCAWithKey', keys],
  ['genSelfSignedCert', keys],
  ['genSelfSignedCertWithKey', keys],
  ['genSignedCert', keys],
  ['genSignedCertWithKey', keys],
  ['buildCustomCert', keys],
  ['derivePassword', secrets],
  ['bcrypt', secrets],
  ['htpasswd', secrets],
  ['encryptAES', secrets],
  ['decryptAES', secrets],
]);
