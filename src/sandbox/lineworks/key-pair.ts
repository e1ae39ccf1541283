import { createPublicKey, type KeyObject } from 'node:crypto';

/**
 * The private key of the sandbox's service account, PEM (PKCS #8). It opens nothing but a sandbox on loopback: it is
 * public by being here, so that a start costs no key generation. Never use it for anything else.
 */
export const sandboxPrivateKey = `-----BEGIN PRIVATE KEY-----
MIIEvwIBADANBgkqhkiG9w0BAQEFAASCBKkwggSlAgEAAoIBAQDsdcXkwIPd/pcM
pnBABJKAQm105n7oHmjxjiuBiatzkwKWS6VUl4mfGkE2MCuNTuyfmcQVuSrHydKE
L+rCc3x2GFsfxMgWGwWRdo3tXdt6BKDadVM5EpH/fLkmkuekZHokR+A54roeM/pl
P374OQpSYM4vWq2x18DGNyZiEm2Gzi70/m6Dt42cKl/5va+JQsYfx5nJDbMHnZOI
ypitTdwMcQJYycR030f9GMW6cPCubY7sg6X25wQCVuIQArY+FRXYzNwr99zKN8Ig
xAaHrUB3PdPWLV5elWjMVBstzHGm8yvTEtymk3qCgs/X5lql2OAj7F/rkerTqd/V
ylsH860bAgMBAAECggEAIE7lN6CwQ9RF2jYhjzWwuLKa1wapX1jMWPjma+AeG4AC
Mfvq/phn9uO09kz1nmyiuxnc52Tx+fNS/rm3V1NFNbOVO8180zxk8d+je8O/ubfJ
LKAsO1eUuDZX6/PVj6ok4DEr62zVpkvO0ievVwYgKWpNsb2vjuWeUtb1OSAwc+MT
3g6HJJKGOe0YK017wCb7eyE2DVTv0obycPpbLRKEVvIl3St6PdKvw1iBNVDcyylL
Hk+tHnvwEEKrheSMA0XOBAhgAHyQsXff2q2HEgIF2f36JXEwxiHnpbswO6DyDjs+
39iqgcVmnOCENFC/GdFHpzmLaRlntoBOBqSSjXAU0QKBgQD3taQOlovmtGPKK7BI
UkLIlWJVB/Omjg53OBob58x3FvjslzPpYKMfIheiclkgIHSt+lAmWHrnq/fUvWUi
zRdT5lc60RzWLtQK2qWEgjIN+Kk06gKMrz9al7ZK1MU3EdK4MJgLhcL0RoGmBxXw
QiLVg6U+jUkVpIK8u5VnCDKsqwKBgQD0X79RElTXFEeTb1jVa+WvShRFUynErLYX
s0F1KzvarM+AUAGClmq+LL85cXWRr84EDOUUuFYq04qdEPkmLfDmC5tLl4ikOzqC
jejTMuRk98YtAxYDsSzO0eOdaE3PTB2/PFDd5RvuXJ7xjrBw8ucD6FSp0cK6K5fR
3kgS1PshUQKBgQCc0b/FBIYZTkaGrVXy0zE4b2pLTrdv0CtUSo4s8Hi/RCnfDnJs
4yMiCKFR1HacIi/8HKY1QHq+xF4nrqeiepi0IvVCZTSOXCMdpAJ5eztZIP1uZF+s
1R2UqstbYIxiKsRum0UGtm4P27skcwPukNAgwDETArssGnQyK8eP7N639QKBgQCc
fH+3u6Rmgk7/Y4sgR9KyOB7Y8dNKZUrJzHk7Pa87bfQGd7Uv2YCLPX5Km5Qs8cZc
I6HCbfSHwiT+RXM2dq7PsVkFxAi1GlRya8tPC0TkPyJBirtbK+bEnfVCxBsnhtd5
sXcbUO5c6iTCDJyCB5nVj74/bNpkeyviMZQ3svkJsQKBgQDQrp+wYF/pqx0g9o8g
5FuCFr+ppQja4cJ7yzHPa609a7INcq7+YU8JTCIqYMPqiZ241PP+wZzYWcwxty6w
52t3S5ixKmiDxjMDb5W0F4vICtYyWDXRyYy0xvIMAfldGHaQcQmKpr1kOPqy9bYO
YsneECLDfg5YVB+0RMnEr85yVA==
-----END PRIVATE KEY-----
`;

let publicKey: KeyObject | null = null;

/** The key that the sandbox checks assertions with. */
export function sandboxPublicKey(): KeyObject {
  publicKey ??= createPublicKey(sandboxPrivateKey);
  return publicKey;
}
