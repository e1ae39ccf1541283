import { describe, expect, onTestFinished, test } from 'vitest';
import { FaultError } from '../../src/model/fault.ts';
import { openDatabase } from '../../src/postgres/database.ts';
import { parseStoreUrl } from '../../src/postgres/store-url.ts';
import { hasPostgres, issueCertificate, startServer } from './server.ts';

describe.runIf(hasPostgres())('TLS', () => {
  test('[rule 32] verify-full, verify-ca and require mean what they mean to libpq', async () => {
    const own = issueCertificate('localhost');
    const other = issueCertificate('localhost');
    const server = await startServer({ tls: own });
    onTestFinished(() => server.dispose());
    const ask = async (host: string, sslmode: string, ca: string | null) => {
      const url = parseStoreUrl(`postgres://postgres@${host}:${server.port}/postgres?sslmode=${sslmode}`);
      const database = openDatabase({ url, password: async () => server.password, ...(ca === null ? {} : { ca }) });
      try {
        await database.query('SELECT 1');
        return 'connected';
      } catch (error) {
        return error instanceof FaultError ? error.fault : error;
      } finally {
        await database.close();
      }
    };
    const untrusted = { kind: 'unreachable', message: expect.stringContaining('no authority known here issued it') };
    expect(await ask('localhost', 'verify-full', own.ca)).toBe('connected');
    expect(await ask('localhost', 'verify-full', other.ca)).toMatchObject(untrusted);
    expect(await ask('localhost', 'verify-full', null)).toMatchObject(untrusted);
    expect(await ask('127.0.0.1', 'verify-full', own.ca)).toMatchObject({
      kind: 'unreachable',
      message: expect.stringContaining('it is not one for 127.0.0.1'),
    });
    expect(await ask('127.0.0.1', 'verify-ca', own.ca)).toBe('connected');
    expect(await ask('127.0.0.1', 'verify-ca', other.ca)).toMatchObject(untrusted);
    expect(await ask('127.0.0.1', 'require', null)).toBe('connected');
  });
});
